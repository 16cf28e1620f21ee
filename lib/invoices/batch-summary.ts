import type { StatusTotal } from "@/contract/invoices";
import type { reconciliationBatches } from "@/db/schema";

type Row = typeof reconciliationBatches.$inferSelect;
export type BatchStatus = Row["status"];

/** A set of books as the page lists it; plain values, because it goes to the browser. */
export interface BatchSummary {
  id: string;
  title: string;
  source: Row["source"];
  status: BatchStatus;
  step: string;
  note: string;
  orders: number;
  orderLines: number;
  invoices: number;
  transactions: number;
  refused: number;
  /** The thread of its reconciliation, when one was begun. */
  threadId: string | null;
  createdAt: string;
  updatedAt: string;
}

/** A set of books with what its reconciliation came to so far. */
export interface BatchDetails extends BatchSummary {
  totals: StatusTotal[];
  unknownTransactions: number;
  letters: { ready: number; sending: number; sent: number; skipped: number; failed: number };
}
