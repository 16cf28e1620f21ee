import { type BaseEvent, EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import { generateBooks } from "../../reconciliation/generator/generate-books";
import { readBooks } from "../../reconciliation/readers/read-books";
import { reconcile } from "../../reconciliation/reconcile";

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend({ leaseMs: 15_000 });
});

afterAll(() => backend.close());

const bytesOf = (files: Record<"purchaseOrders" | "invoices" | "bank", string>) => ({
  purchaseOrders: Buffer.from(files.purchaseOrders),
  invoices: Buffer.from(files.invoices),
  bank: Buffer.from(files.bank),
});

const progressIn = (event: BaseEvent) =>
  event.type === EventType.STATE_DELTA &&
  (event as unknown as { delta: { path: string }[] }).delta.some(({ path }) => path.startsWith("/progress"));

test("5,000 invoices: as the engine judges them, every row in one place, with progress on the way and a small state", async () => {
  const drive = invoiceDriver(backend);
  const { files } = generateBooks(5_000, 12);
  const { batchId, counts } = await drive.upload(backend.ada, files);
  const { first } = await drive.begin(backend.ada, batchId);
  expect(first.last.outcome?.interrupts).toHaveLength(1);
  // For the queries of this test, which join by loops.
  await backend.rows("analyze");
  const stored = await drive.results(batchId);
  const judged = await reconcile(readBooks(bytesOf(files)));
  expect(stored.map(({ row, status }) => [row, status])).toEqual(
    judged.invoices.map(({ row, status }) => [row, status]),
  );
  const transactions = await backend.rows<{ row: number; status: string; pays: number[] }>(
    `select t.row, r.status, coalesce((select array_agg(p.invoice_row order by p.invoice_row) from flightdeck.invoice_payments p
        where p.batch_id = t.batch_id and p.transaction_row = t.row), '{}') as pays
      from flightdeck.bank_transactions t join flightdeck.transaction_results r using (tenant_id, batch_id, row) where t.batch_id = $1 order by t.row`,
    [batchId],
  );
  expect(transactions).toEqual(
    judged.transactions.map(({ row, status, invoice_rows }) => ({ row, status, pays: invoice_rows })),
  );
  expect(counts).toMatchObject({
    invoices: judged.invoices.length,
    transactions: judged.transactions.length,
    refused: judged.refused.length,
  });
  // One at the start and one at the end of matching, whatever the machine, and the steps around them.
  expect(first.events.filter(progressIn).length).toBeGreaterThan(4);
  expect(JSON.stringify(first.state).length).toBeLessThan(20_000);
  const sizes = await backend.rows<{ bytes: number }>(
    "select max(pg_column_size(blob))::int as bytes from langgraph.checkpoint_blobs",
  );
  expect(sizes[0]?.bytes).toBeLessThan(20_000);
}, 180_000);
