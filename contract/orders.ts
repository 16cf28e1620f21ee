import { z } from "zod";
import { decisionPolicySchema } from "./decision-policy";

// The shared state of the `orders` CoAgent, its questions and the answers that fit. Amounts are integers of minor units.

/** Grows when an older state can no longer be read; see agent-backend/graphs/orders/state.ts. */
export const ORDER_STATE_VERSION = 1;

/** The steps as people see them, in order. A review is only part of an order that needed one. */
export const ORDER_STEPS = [
  "INTAKE_ORDER",
  "CHECK_INVENTORY",
  "HUMAN_REVIEW",
  "RESERVE_STOCK",
  "PAYMENT_AUTH",
  "HUMAN_REVIEW_PAYMENT",
  "CREATE_SHIPMENT",
  "NOTIFY_CUSTOMER",
  "FINALIZE_ORDER",
] as const;
export const orderStepIdSchema = z.enum(ORDER_STEPS);
export type OrderStepId = z.infer<typeof orderStepIdSchema>;

const amount = z.number().int();
const eachStep = <T extends z.ZodTypeAny>(value: T) =>
  z.object(Object.fromEntries(ORDER_STEPS.map((step) => [step, value])) as Record<OrderStepId, T>);
const instant = z.string();

/** One entry of a step's detail: a call to a system outside, and what it answered. */
export const stepEntrySchema = z.object({
  system: z.string(),
  operation: z.string(),
  /** The idempotency key that the system was given. */
  key: z.string(),
  outcome: z.enum(["ok", "declined", "failed"]),
  /** The system's own reference, when it gave one. */
  reference: z.string(),
  text: z.string(),
  amountMinor: amount,
  at: instant,
});
export type StepEntry = z.infer<typeof stepEntrySchema>;

export const orderStepSchema = z.object({
  state: z.enum(["pending", "running", "waiting", "done", "failed", "skipped", "compensated"]),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  attempts: z.number().int(),
  /** One sentence: what came of it. */
  note: z.string(),
  /** Who decided, for a step that a person decided. */
  decidedBy: z.string().nullable(),
  entries: z.array(stepEntrySchema),
});
export type OrderStep = z.infer<typeof orderStepSchema>;

export const orderLineSchema = z.object({
  lineNo: z.number().int(),
  sku: z.string(),
  name: z.string(),
  /** What was ordered. */
  orderedQty: z.number().int(),
  /** What will be shipped now. */
  qty: z.number().int(),
  backOrderedQty: z.number().int(),
  unitPriceMinor: amount,
  /** Units that nobody has reserved, when the stock was last read. */
  available: z.number().int(),
  /** The sku that was ordered, when a person replaced it. */
  substituteFor: z.string().nullable(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** `fourEyesFromMinor` is held against the order's total. */
export const orderPolicySchema = decisionPolicySchema.extend({
  /** `whole`: nothing ships until all of it can; `lines`: what is there ships. */
  shipping: z.enum(["whole", "lines"]).default("whole"),
  /** What happens to missing goods when nobody is asked. */
  shortage: z.enum(["back-order", "reject"]).default("back-order"),
  /** Decide by the policy instead of asking people: for batches that run unattended. */
  automatic: z.boolean().default(false),
});
export type OrderPolicy = z.infer<typeof orderPolicySchema>;

/** A question that the order waits for. `reason` says which answer fits. */
export const orderQuestionSchema = z.object({
  approvalId: z.string(),
  reason: z.enum(["order.stock", "order.payment", "order.notice"]),
  step: orderStepIdSchema,
  message: z.string(),
});
export type OrderQuestion = z.infer<typeof orderQuestionSchema>;

export const orderStateSchema = z.object({
  version: z.literal(ORDER_STATE_VERSION),
  orderId: z.string(),
  threadId: z.string(),
  requestedBy: z.string(),
  currency: z.string(),
  customer: z.object({ id: z.string(), name: z.string(), email: z.string(), address: z.string() }).nullable(),
  policy: orderPolicySchema,
  lines: z.array(orderLineSchema),
  /** Of what will be shipped. */
  totalMinor: amount,
  /** Payment methods, best first, and the one in use. */
  paymentMethods: z.array(z.string()),
  paymentMethod: z.string(),
  steps: eachStep(orderStepSchema),
  question: orderQuestionSchema.nullable(),
  /** How often each step was begun: part of its idempotency key. */
  loops: eachStep(z.number().int()),
  /** What was done outside, as far as it has to be undone when the order is cancelled. */
  reservation: z.object({ key: z.string(), reference: z.string() }).nullable(),
  payment: z.object({ key: z.string(), reference: z.string(), amountMinor: amount }).nullable(),
  shipment: z.object({ key: z.string(), reference: z.string(), trackingUrl: z.string() }).nullable(),
  notice: z.object({ subject: z.string(), body: z.string(), state: z.enum(["draft", "sent", "skipped"]) }).nullable(),
  /** Set once somebody cancelled; what was done is then undone in reverse order. */
  cancelled: z.object({ by: z.string(), reason: z.string() }).nullable(),
  outcome: z.enum(["fulfilled", "back_ordered", "cancelled"]).nullable(),
});
export type OrderState = z.infer<typeof orderStateSchema>;

const cancelSchema = z.object({ action: z.literal("cancel"), reason: z.string().trim().max(500).default("") });

const lineAnswerSchema = z.discriminatedUnion("action", [
  z.object({ lineNo: z.number().int(), action: z.literal("adjust"), qty: z.number().int().min(0).max(1_000_000) }),
  z.object({ lineNo: z.number().int(), action: z.literal("substitute"), sku: z.string().min(1).max(100) }),
  z.object({ lineNo: z.number().int(), action: z.literal("back-order") }),
]);
export type LineAnswer = z.infer<typeof lineAnswerSchema>;

/** What a person may answer to missing goods: something for every line that is short, or the end of the order. */
export const stockAnswerSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("resolve"), lines: z.array(lineAnswerSchema).min(1).max(500) }),
  cancelSchema,
]);

export const paymentAnswerSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("retry") }),
  z.object({ action: z.literal("other-method"), method: z.string().min(1).max(100) }),
  cancelSchema,
]);

export const noticeAnswerSchema = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("send"),
    subject: z.string().trim().min(1).max(200),
    body: z.string().trim().min(1).max(10_000),
  }),
  z.object({ action: z.literal("skip") }),
  cancelSchema,
]);

/** The answers by the `reason` of the question. */
export const orderAnswerSchemas = {
  "order.stock": stockAnswerSchema,
  "order.payment": paymentAnswerSchema,
  "order.notice": noticeAnswerSchema,
} as const;
export type StockAnswer = z.infer<typeof stockAnswerSchema>;
export type PaymentAnswer = z.infer<typeof paymentAnswerSchema>;
export type NoticeAnswer = z.infer<typeof noticeAnswerSchema>;
export type OrderAnswer = StockAnswer | PaymentAnswer | NoticeAnswer;

/** A person's decision as the graph is resumed with it; what a client sends is never used instead. */
export const decisionSchema = z.object({
  answer: z.record(z.unknown()),
  decidedBy: z.string(),
  /** Shown in the stepper: an address or "policy". */
  decidedByName: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;
