import { z } from "zod";

/** Type of the AG-UI activity message that says that an answer was given before; it follows the assistant message that it names. */
export const ANSWER_REUSE_ACTIVITY = "answer_reuse";
export const answerReuseSchema = z.object({
  messageId: z.string(),
  /** When it was answered first, ISO 8601. */
  answeredAt: z.string().datetime(),
  /** The model that answered then. */
  model: z.string(),
});
export type AnswerReuse = z.infer<typeof answerReuseSchema>;
