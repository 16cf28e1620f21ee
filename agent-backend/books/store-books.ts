// The books of a tenant: what came in, kept row by row. Each set of them is a batch, which is reconciled as one.
import type { BatchCounts, UploadedBooks } from "@/contract/invoices";
import { newId } from "@/db/ids";
import {
  auditLog,
  bankTransactions,
  invoices,
  purchaseOrderLines,
  purchaseOrders,
  reconciliationBatches,
  refusedRows,
} from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import type { Books } from "../reconciliation/books";
import { buildOrders, type Order } from "../reconciliation/orders/orders";
import type { TenantWork } from "../tenant-work";
import { insertRows } from "./insert-rows";
import { refuseOversized } from "./refuse-oversized";
import { storable, toDate, toNumeric } from "./row-values";

export interface NewBatch {
  title: string;
  source: "upload" | "books";
  createdBy: string;
}

/** Keeps the books as a new batch, all of them or none, with its audit entry. What was refused is kept, too. */
export async function storeBooks(
  work: TenantWork,
  tenantId: string,
  batch: NewBatch,
  given: Books,
): Promise<UploadedBooks> {
  const books = refuseOversized(given);
  const orders = buildOrders(books.orderLines, books.refused);
  const counts: BatchCounts = {
    orders: orders.length,
    orderLines: books.orderLines.length,
    invoices: books.invoices.length,
    transactions: books.transactions.length,
    refused: books.refused.length,
  };
  const batchId = newId("rec");
  const title = storable(batch.title);
  await work(async (tx) => {
    await tx.insert(reconciliationBatches).values({ tenantId, id: batchId, ...batch, title, ...counts });
    await storeOrders(tx, { tenantId, batchId }, orders, books);
    await storeInvoices(tx, { tenantId, batchId }, books);
    await storeRefused(tx, { tenantId, batchId }, books);
    await tx.insert(auditLog).values({
      id: newId("aud"),
      tenantId,
      userId: batch.createdBy,
      action: "books.import",
      target: batchId,
      detail: { title, source: batch.source, ...counts },
    });
  });
  return { batchId, counts };
}

interface Place {
  tenantId: string;
  batchId: string;
}

async function storeOrders(tx: Tx, place: Place, orders: Order[], { orderLines }: Books): Promise<void> {
  const numberOfRow = new Map(orders.flatMap(({ poNumber, rows }) => rows.map((row) => [row, poNumber] as const)));
  await insertRows(
    tx,
    purchaseOrders,
    orders.map(({ poNumber, supplier, poDay, currency, net, rows }) => ({
      ...place,
      poNumber: storable(poNumber),
      supplier: storable(supplier),
      poDate: toDate(poDay),
      currency,
      netMinor: net,
      lines: rows.length,
    })),
  );
  await insertRows(
    tx,
    purchaseOrderLines,
    orderLines.map(({ row, poNumber, supplier, poDay, currency, lineNo, sku, description, qty, unitPrice }) => ({
      ...place,
      row,
      poNumber: storable(numberOfRow.get(row) ?? poNumber),
      supplier: storable(supplier),
      poDate: toDate(poDay),
      currency,
      lineNo: storable(lineNo),
      sku: storable(sku),
      description: storable(description),
      qty: toNumeric(qty),
      unitPrice: toNumeric(unitPrice),
    })),
  );
}

async function storeInvoices(tx: Tx, place: Place, books: Books): Promise<void> {
  await insertRows(
    tx,
    invoices,
    books.invoices.map(({ row, invoiceNumber, supplier, invoiceDay, dueDay, poNumber, currency, total, tax }) => ({
      ...place,
      row,
      invoiceNumber: storable(invoiceNumber),
      supplier: storable(supplier),
      invoiceDate: toDate(invoiceDay),
      dueDate: dueDay === null ? null : toDate(dueDay),
      poNumber: storable(poNumber),
      currency,
      totalMinor: total,
      taxMinor: tax,
    })),
  );
  await insertRows(
    tx,
    bankTransactions,
    books.transactions.map(({ row, transactionId, bookingDay, amount, currency, counterparty, reference }) => ({
      ...place,
      row,
      transactionId: storable(transactionId),
      bookingDate: toDate(bookingDay),
      amountMinor: amount,
      currency,
      counterparty: storable(counterparty),
      reference: storable(reference),
    })),
  );
}

async function storeRefused(tx: Tx, place: Place, { refused }: Books): Promise<void> {
  const numbered = refused.map((row, i) => ({ ...row, no: i + 1 }));
  await insertRows(
    tx,
    refusedRows,
    numbered.map(({ no, file, row, column, value, reason, poNumber }) => ({
      ...place,
      no,
      file,
      row,
      column,
      value: storable(value),
      reason: storable(reason),
      poNumber: poNumber === undefined ? null : storable(poNumber),
    })),
  );
}
