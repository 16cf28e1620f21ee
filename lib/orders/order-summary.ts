import type { orders } from "@/db/schema";

export type OrderStatus = (typeof orders.$inferSelect)["status"];

/** An order as the queue shows it; plain values, because it goes to the browser. */
export interface OrderSummary {
  id: string;
  customer: string;
  status: OrderStatus;
  step: string;
  note: string;
  totalMinor: number;
  currency: string;
  requiredDate: string | null;
  updatedAt: string;
  /** The thread of its fulfilment, when one was begun. */
  threadId: string | null;
}
