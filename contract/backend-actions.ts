import { z } from "zod";

// What the actions answer that a chat takes as tools: a look at somebody else's system, or a decision in words. A failure is a result with
// a status, because it is read by people and by models.

const failedSchema = z.object({ status: z.enum(["timeout", "outage", "refused"]), message: z.string() });

export const foundProductSchema = z.object({
  sku: z.string(),
  name: z.string(),
  unitPriceMinor: z.number().int(),
  available: z.number().int(),
});

export const searchProductsResultSchema = z.union([
  z.object({ status: z.literal("ok"), products: z.array(foundProductSchema) }),
  failedSchema,
]);
export type SearchProductsResult = z.infer<typeof searchProductsResultSchema>;

export const shipmentStatusResultSchema = z.union([
  z.object({
    status: z.literal("ok"),
    /** Null for a reference that the carrier does not know. */
    shipment: z
      .object({
        reference: z.string(),
        status: z.enum(["booked", "in_transit", "delivered", "cancelled"]),
        text: z.string(),
        at: z.string(),
      })
      .nullable(),
  }),
  failedSchema,
]);
export type ShipmentStatusResult = z.infer<typeof shipmentStatusResultSchema>;

export const markInvoiceInputSchema = z.object({
  /** The invoice's number, whatever its case. */
  invoice: z.string().trim().min(1).max(200),
  /** Which of those that have the number: the line in the file. */
  row: z.number().int().positive().optional(),
});
export type MarkInvoiceInput = z.infer<typeof markInvoiceInputSchema>;

export const refusedActionSchema = failedSchema.extend({ status: z.literal("refused") });
export type RefusedAction = z.infer<typeof refusedActionSchema>;

export const markedInvoiceSchema = z.object({
  status: z.literal("ok"),
  /** `approved`: decided, and still being carried out. */
  outcome: z.enum(["marked", "already_marked", "approved"]),
  invoice: z.object({
    number: z.string(),
    row: z.number().int(),
    supplier: z.string(),
    totalMinor: z.number().int(),
    currency: z.string(),
    batchId: z.string(),
    /** The set of books that it is in. */
    title: z.string(),
  }),
  /** Who approved it. */
  markedBy: z.string().nullable(),
});
export type MarkedInvoice = z.infer<typeof markedInvoiceSchema>;
export const markInvoiceResultSchema = z.union([markedInvoiceSchema, failedSchema]);

const orderId = z.string().min(1).max(64);

export const fulfilOrdersInputSchema = z.object({ orderIds: z.array(orderId).min(1).max(100) });
export const fulfilledOrdersSchema = z.object({
  status: z.literal("ok"),
  batchId: z.string(),
  /** How many: those that were new. */
  begun: z.number().int(),
});
export type FulfilledOrders = z.infer<typeof fulfilledOrdersSchema>;

export const cancelOrderInputSchema = z.object({ orderId });
export const cancelledOrderSchema = z.object({
  status: z.literal("ok"),
  orderId: z.string(),
  /** `asked`: it is heard, and still being carried out; `too_late`: the order was fulfilled first. */
  outcome: z.enum(["cancelled", "asked", "too_late"]),
});
export type CancelledOrder = z.infer<typeof cancelledOrderSchema>;

/** The activity message of a question that an order waits with: the chat draws its form. The answer goes to the approval of this id. */
export const QUESTION_ACTIVITY = "flightdeck.question";
export const questionActivitySchema = z.object({ approvalId: z.string(), subject: z.string() });
