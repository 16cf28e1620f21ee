import { and, asc, eq, ilike, or, type SQL, sql } from "drizzle-orm";
import type { TransactionStatus } from "@/contract/invoices";
import { joinWholeBatches } from "@/db/join-whole-batches";
import { bankTransactions, transactionResults } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";
import { likeWords } from "./like-words";
import { invoicesPaidBy } from "./paid-invoices";

/** A line of the bank's statement. Money that leaves the account is negative. */
export interface TransactionRow {
  row: number;
  transactionId: string;
  bookingDate: string;
  amountMinor: number;
  currency: string;
  counterparty: string;
  reference: string;
  status: TransactionStatus | null;
  /** The invoices that it pays. */
  pays: { row: number; invoiceNumber: string }[];
}

export interface TransactionPage {
  status?: TransactionStatus;
  /** Words that all have to be in the number, the name, the reference, the date or the amount (`1180.00`, `1,180.00`). */
  q: string;
  offset: number;
  limit: number;
}

/** A part of the payments of a set: those that pay nothing first, because they are what is looked for. */
export async function listTransactions(
  context: TenantContext,
  batchId: string,
  { status, q, offset, limit }: TransactionPage,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<{ total: number; rows: TransactionRow[] }> {
  return doors.withTenant(context, async (tx) => {
    await joinWholeBatches(tx);
    const where = and(
      eq(bankTransactions.batchId, batchId),
      status ? eq(transactionResults.status, status) : undefined,
      ...likeWords(q).map(matching),
    );
    const result = and(
      eq(transactionResults.tenantId, bankTransactions.tenantId),
      eq(transactionResults.batchId, bankTransactions.batchId),
      eq(transactionResults.row, bankTransactions.row),
    );
    const [counted] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(bankTransactions)
      .leftJoin(transactionResults, result)
      .where(where);
    const rows = await tx
      .select({
        row: bankTransactions.row,
        transactionId: bankTransactions.transactionId,
        bookingDate: bankTransactions.bookingDate,
        amountMinor: bankTransactions.amountMinor,
        currency: bankTransactions.currency,
        counterparty: bankTransactions.counterparty,
        reference: bankTransactions.reference,
        status: transactionResults.status,
      })
      .from(bankTransactions)
      .leftJoin(transactionResults, result)
      .where(where)
      .orderBy(sql`${transactionResults.status} is distinct from 'unknown_transaction'`, asc(bankTransactions.row))
      .offset(offset)
      .limit(limit);
    const paid = await invoicesPaidBy(
      tx,
      batchId,
      rows.map(({ row }) => row),
    );
    return {
      total: counted?.total ?? 0,
      rows: rows.map((row) => ({
        ...row,
        status: row.status as TransactionStatus | null,
        pays: paid.get(row.row) ?? [],
      })),
    };
  });
}

function matching(pattern: string): SQL | undefined {
  // "1,180.00" and "1180.00" mean the same amount, whichever way the money went.
  const digits = pattern.replace(/[,.\s]/g, "");
  return or(
    ilike(bankTransactions.transactionId, pattern),
    ilike(bankTransactions.counterparty, pattern),
    ilike(bankTransactions.reference, pattern),
    sql`${bankTransactions.bookingDate}::text ilike ${pattern}`,
    /\d/.test(digits) ? sql`abs(${bankTransactions.amountMinor})::text ilike ${digits}` : undefined,
  );
}
