import { parse } from "csv-parse/sync";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { BATCH, plantBooks } from "@/test/planted-books";
import { exportBatch } from "./export-batch";

let database: TestDatabase;
let admin: pg.Client;
let ada: TenantContext;
let stranger: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const tenant = async (slug: string): Promise<TenantContext> => {
    const members = [{ userId: `${slug}-ada`, email: `ada@${slug}.test`, role: "admin" as const }];
    return { tenantId: await database.provision({ slug, name: slug, members }), userId: `${slug}-ada`, role: "admin" };
  };
  [ada, stranger] = [await tenant("here"), await tenant("elsewhere")];
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await plantBooks(admin, ada.tenantId);
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const read = async (batchId: string) => {
  const response = await exportBatch(ada, batchId, database.doors);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { response, bytes, lines: parse(bytes, { columns: true, bom: true }) as Record<string, string>[] };
};

test("every row of the files is one line, with its result, what it was matched with, or why it could not be read", async () => {
  await admin.query("update flightdeck.bank_transactions set counterparty = $1 where row = 5", [
    '=HYPERLINK("x"), yes',
  ]);
  const { response, bytes, lines } = await read(BATCH);
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="reconciliation-Books-of-May.csv"');
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const places = lines.map(({ kind, row, status, matched_with }) => [kind, row, status, matched_with].join(" ").trim());
  expect(places).toEqual([
    "invoice 2 matched TX-1",
    "invoice 3 matched TX-1",
    "invoice 4 partial_payment TX-2",
    "invoice 5 unpaid",
    "transaction 2 matched INV-1 INV-2",
    "transaction 3 partial_payment INV_3",
    "transaction 4 unknown_transaction",
    "transaction 5 unknown_transaction",
    "invoice 6 refused",
  ]);
  expect(lines[0]).toMatchObject({
    number: "INV-1",
    supplier_or_counterparty: "Nordlicht Optik",
    date: "2026-05-01",
    currency: "EUR",
    amount_minor: "11900",
    po_number: "PO-1",
    confidence: "0.9",
    reasons: "The amounts agree. The reference names it.",
  });
  expect(lines[8]?.reasons).toBe("total: “12,3x” is not an amount");
  // What a spreadsheet would run as a formula is text to it.
  expect(lines[7]?.supplier_or_counterparty).toBe(`'=HYPERLINK("x"), yes`);
  expect(lines[4]?.amount_minor).toBe("-16900");
  // Without its mark a spreadsheet takes the file for one of its own, older encoding.
  expect(bytes.subarray(0, 8).toString()).toBe("\uFEFFkind,");
});

test("a set longer than one portion has every row once", async () => {
  const { tenantId } = ada;
  const values = [tenantId, "rec_2"];
  await admin.query(
    `insert into flightdeck.reconciliation_batches (tenant_id, id, title, source, status, orders, order_lines, invoices, transactions, refused, created_by)
      values ($1, $2, 'Many', 'upload', 'new', 0, 0, 2000, 1, 0, 'ada')`,
    values,
  );
  await admin.query(
    `insert into flightdeck.invoices (tenant_id, batch_id, row, invoice_number, supplier, invoice_date, po_number, currency, total_minor, tax_minor)
      select $1, $2, n, 'M-' || n, 'Many', '2026-05-01', '', 'EUR', n, 0 from generate_series(2, 2001) n`,
    values,
  );
  await admin.query(
    `insert into flightdeck.bank_transactions (tenant_id, batch_id, row, transaction_id, booking_date, amount_minor, currency, counterparty, reference)
      values ($1, $2, 2, 'TX', '2026-05-02', -5, 'EUR', 'Many', '')`,
    values,
  );
  await admin.query(
    "insert into flightdeck.invoice_payments (tenant_id, batch_id, invoice_row, transaction_row) values ($1, $2, 1001, 2), ($1, $2, 1002, 2)",
    values,
  );
  const { lines } = await read("rec_2");
  const rows = lines.filter(({ kind }) => kind === "invoice").map(({ row }) => Number(row));
  expect(rows).toEqual(Array.from({ length: 2_000 }, (_, i) => i + 2));
  expect(lines.filter(({ matched_with }) => matched_with === "TX").map(({ row }) => row)).toEqual(["1001", "1002"]);
  expect(lines.at(-1)).toMatchObject({ kind: "transaction", matched_with: "M-1001 M-1002", status: "" });
});

test("another tenant's set cannot be exported, nor one that does not exist", async () => {
  await expect(exportBatch(stranger, BATCH, database.doors)).rejects.toMatchObject({ code: "not_found" });
  await expect(exportBatch(ada, "rec_0", database.doors)).rejects.toMatchObject({ code: "not_found" });
});
