import { z } from "zod";

/** Whose limit it is, where it is not one member's. */
export const WHOLE_TENANT = "*tenant";
export const EACH_MEMBER = "*member";

/** Name of the AG-UI CUSTOM event that keeps the context meter current. Sent when a turn begins and after each of its steps. */
export const TOKEN_UPDATE_EVENT = "token_update";
export const tokenUpdateSchema = z.object({
  /** What the model's window holds now: what was sent, and what it answered. */
  tokens_used: z.number().int().nonnegative(),
  tokens_remaining: z.number().int().nonnegative(),
  /** Size of the window. */
  context_window: z.number().int().positive(),
  /** From 0 to 1. */
  context_utilization: z.number().min(0).max(1),
  /** Cost of this run so far; null when no price is known for the model. */
  estimated_cost_usd: z.number().nonnegative().nullable(),
  /** Parts of `tokens_used` as the provider counted them; 0 when it does not say. */
  cached_tokens: z.number().int().nonnegative(),
  reasoning_tokens: z.number().int().nonnegative(),
  /** True when the numbers are the provider's, false when they are our estimate. */
  measured: z.boolean(),
  model: z.string(),
  /** What fills the window. */
  breakdown: z.object({
    system: z.number().int().nonnegative(),
    history: z.number().int().nonnegative(),
    documents: z.number().int().nonnegative(),
    tools: z.number().int().nonnegative(),
    summary: z.number().int().nonnegative(),
  }),
  /** Of the thread's messages, how many the model reads only as a summary, and the newest of them. */
  compacted: z.object({ messages: z.number().int().nonnegative(), throughMessageId: z.string().nullable() }),
});
export type TokenUpdate = z.infer<typeof tokenUpdateSchema>;

/** Name of the AG-UI CUSTOM event with what a model reads instead of a thread's oldest messages. Sent when that changed, and on connect. */
export const CONTEXT_COMPACTED_EVENT = "context_compacted";
export const contextCompactedSchema = z.object({
  /** How many of the thread's messages it stands for, and the newest of them. */
  messages: z.number().int().positive(),
  throughMessageId: z.string(),
  /** `model` when a model wrote the summary, `outline` when it is made of beginnings. */
  by: z.enum(["model", "outline"]),
  /** Word for word what the model reads; long ones are cut for the screen. */
  text: z.string(),
});
export type ContextCompacted = z.infer<typeof contextCompactedSchema>;

/** Name of the AG-UI CUSTOM event that says that a soft limit was passed. The answer goes on. */
export const BUDGET_EVENT = "budget";
export const budgetNoticeSchema = z.object({
  period: z.enum(["day", "month"]),
  /** Whose limit it is: the whole tenant's, or the member's. */
  scope: z.enum(["tenant", "member"]),
  message: z.string(),
});
export type BudgetNotice = z.infer<typeof budgetNoticeSchema>;
