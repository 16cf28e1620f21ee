import { z } from "zod";

/** What an operator sets for single copilots: `{"knowledge": {"model": "gpt-5", "temperature": 0.2}}`. */
export const copilotModelsSchema = z.record(
  z.object({ model: z.string().min(1).max(200).optional(), temperature: z.number().min(0).max(2).optional() }).strict(),
);
export type CopilotModels = z.infer<typeof copilotModelsSchema>;
