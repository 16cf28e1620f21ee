import { asSentence } from "@/contract/as-sentence";
import type { BatchCounts } from "@/contract/invoices";
import type { BatchDetails } from "@/lib/invoices/batch-summary";

/** Where a set stands, in a line below its name; nothing while its steps tell it. */
export function describeBatch(batch: BatchDetails): string {
  const { status, note, title, invoices, transactions, orders, refused } = batch;
  if (status === "running") return "";
  if (status !== "new") return asSentence(note, title);
  const counted = [count(invoices, "invoice"), count(transactions, "payment"), count(orders, "order")].join(", ");
  return refused > 0 ? `${counted}. ${count(refused, "row")} could not be read.` : `${counted}.`;
}

/** What came of an upload. */
export function describeStored({ invoices, transactions, refused }: BatchCounts): string {
  return refused > 0
    ? `Stored. ${count(refused, "row")} could not be read.`
    : `Stored: ${count(invoices, "invoice")} and ${count(transactions, "payment")}.`;
}

function count(n: number, word: string): string {
  return `${n.toLocaleString("en")} ${n === 1 ? word : `${word}s`}`;
}
