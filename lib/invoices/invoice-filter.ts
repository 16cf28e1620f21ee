import { z } from "zod";
import { invoiceStatusSchema } from "@/contract/invoices";

export const INVOICE_SHOWS = ["all", "open", "proposed", "reconciled", "edited"] as const;
export const INVOICE_SORTS = ["row", "supplier", "amount", "confidence"] as const;
export type InvoiceSort = (typeof INVOICE_SORTS)[number];

/** Which invoices of a set somebody wants to see. Without a status all of them. */
export const invoiceFilterSchema = z.object({
  statuses: z.array(invoiceStatusSchema).max(20).default([]),
  show: z.enum(INVOICE_SHOWS).default("all"),
  /** Words that all have to be in the number, the supplier, the order or a payment's number. */
  q: z.string().max(200).default(""),
});
export type InvoiceFilter = z.infer<typeof invoiceFilterSchema>;

export const invoicePageSchema = invoiceFilterSchema.extend({
  sort: z.enum(INVOICE_SORTS).default("row"),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).max(1_000_000).default(0),
  limit: z.number().int().min(1).max(200).default(100),
});
export type InvoicePage = z.infer<typeof invoicePageSchema>;
