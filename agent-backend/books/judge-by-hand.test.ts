import { expect, test } from "vitest";
import type { Invoice } from "../reconciliation/books";
import { generateBooks } from "../reconciliation/generator/generate-books";
import { buildOrders } from "../reconciliation/orders/orders";
import { readBooks } from "../reconciliation/readers/read-books";
import { reconcile } from "../reconciliation/reconcile";
import { judgeByHand } from "./judge-by-hand";

test("whoever makes the engine's own match by hand gets the engine's status, for every status", async () => {
  const { files } = generateBooks(600, 8);
  const books = readBooks({
    purchaseOrders: Buffer.from(files.purchaseOrders),
    invoices: Buffer.from(files.invoices),
    bank: Buffer.from(files.bank),
  });
  const orders = new Map(buildOrders(books.orderLines, books.refused).map((order) => [order.poNumber, order]));
  const bills = new Map(books.invoices.map((invoice) => [invoice.row, invoice]));
  const result = await reconcile(books);
  const seen = new Set<string>();
  for (const { row, status, po_number } of result.invoices) {
    const { currency, total, tax } = bills.get(row) as Invoice;
    const order = orders.get(po_number ?? "");
    const payments = result.transactions
      .filter(({ invoice_rows }) => invoice_rows.includes(row))
      .map((paid) => {
        const transaction = books.transactions.find((one) => one.row === paid.row);
        return {
          transactionId: paid.transaction_id,
          currency: transaction?.currency ?? "",
          paid: Math.abs(transaction?.amount ?? 0),
          shared: paid.invoice_rows.length > 1,
        };
      });
    const byHand = judgeByHand(
      { status, currency, total, tax },
      order ? { poNumber: order.poNumber, currency: order.currency, net: order.net, lines: order.rows.length } : null,
      payments,
    );
    expect(byHand.status, `row ${row}`).toBe(status);
    expect(byHand.reason).not.toMatch(/undefined|NaN/);
    seen.add(status);
  }
  expect(seen.size).toBe(10);
});
