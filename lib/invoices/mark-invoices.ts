import { and, eq, inArray, isNull, notInArray } from "drizzle-orm";
import { UNPAID_STATUSES } from "@/contract/invoices";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { invoiceResults, invoices } from "@/db/schema";
import { withTenant } from "@/db/with-tenant";
import { invalidRequest } from "@/lib/failures/app-error";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { answerReview } from "./answer-review";
import { resultOfInvoice } from "./list-invoices";

export interface Marking {
  /** The rows that are being marked. */
  rows: number[];
  /** How many of those asked for cannot be: nothing was paid for them, or they are marked already. */
  left: number;
}

/**
 * Approves invoices of a set to be marked as reconciled, as far as they can be: somebody who chose a whole list does not have to pick
 * out what was never paid. Throws AppError: invalid_request when none can be, and as answerReview does.
 */
export async function markInvoices(
  identity: RequestIdentity,
  batchId: string,
  asked: readonly number[],
): Promise<Marking> {
  const found = await withTenant(identity, async (tx) => {
    await joinWholeBatches(tx);
    return tx
      .select({ row: invoices.row })
      .from(invoices)
      .innerJoin(invoiceResults, resultOfInvoice)
      .where(
        and(
          eq(invoices.batchId, batchId),
          inArray(invoices.row, [...asked]),
          isNull(invoices.reconciledAt),
          notInArray(invoiceResults.status, [...UNPAID_STATUSES]),
        ),
      );
  });
  const rows = found.map(({ row }) => row);
  if (rows.length === 0)
    throw invalidRequest("None of these can be marked: nothing was paid for them, or they are marked already.");
  await answerReview(identity, batchId, { action: "approve", invoices: rows, letters: [], close: false });
  return { rows, left: new Set(asked).size - rows.length };
}
