import { z } from "zod";

/** What a tenant decides about any CoAgent's questions: who answers them, and how long they are open. Amounts are minor units. */
export const decisionPolicySchema = z.object({
  /** Who may answer. Ending what is asked about is everybody's. */
  deciders: z.enum(["members", "admins"]).default("members"),
  /** From this amount on, somebody else than the requester has to decide. Null: never. */
  fourEyesFromMinor: z
    .number({ invalid_type_error: "must be an amount" })
    .int("must be an amount")
    .nonnegative("must not be negative")
    .nullable()
    .default(null),
  /** Hours until an unanswered question expires, and what it is about is ended. Null: never. */
  answerWithinHours: z
    .number({ invalid_type_error: "must be a number of hours" })
    .positive("must be more than 0")
    .nullable()
    .default(null),
});
export type DecisionPolicy = z.infer<typeof decisionPolicySchema>;
