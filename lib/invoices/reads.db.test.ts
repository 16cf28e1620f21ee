import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { BATCH, plantBooks } from "@/test/planted-books";
import { getEvidence } from "./get-evidence";
import { type InvoicePage, invoicePageSchema } from "./invoice-filter";
import { getBatch, listBatches } from "./list-batches";
import { listDrafts } from "./list-drafts";
import { listInvoiceRowNumbers, listInvoices } from "./list-invoices";
import { listRefused } from "./list-refused";
import { listTransactions } from "./list-transactions";

let database: TestDatabase;
let ada: TenantContext;
let stranger: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const member = (slug: string) => ({ userId: `${slug}-ada`, email: `ada@${slug}.test`, role: "admin" as const });
  const tenant = async (slug: string): Promise<TenantContext> => ({
    tenantId: await database.provision({ slug, name: slug, members: [member(slug)] }),
    userId: `${slug}-ada`,
    role: "admin",
  });
  [ada, stranger] = [await tenant("here"), await tenant("elsewhere")];
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await plantBooks(admin, ada.tenantId);
  await admin.end();
});
afterAll(() => database.drop());

const list = (query: Partial<InvoicePage> = {}, as = ada) =>
  listInvoices(as, BATCH, invoicePageSchema.parse(query), database.doors);
const rowsOf = async (query: Partial<InvoicePage> = {}) => (await list(query)).rows.map(({ row }) => row);

describe("the review table", () => {
  test("it is filtered by status and by what is left to do, together", async () => {
    expect(await rowsOf()).toEqual([2, 3, 4, 5]);
    expect(await rowsOf({ statuses: ["matched", "unpaid"] })).toEqual([2, 3, 5]);
    expect(await rowsOf({ show: "open" })).toEqual([2, 3, 5]);
    expect(await rowsOf({ show: "proposed" })).toEqual([2]);
    expect(await rowsOf({ show: "reconciled" })).toEqual([4]);
    expect(await rowsOf({ show: "edited", statuses: ["matched"] })).toEqual([3]);
  });

  test("words are found in numbers, suppliers, orders and payments, and mean themselves", async () => {
    expect(await rowsOf({ q: "NORDLICHT" })).toEqual([2, 5]);
    expect(await rowsOf({ q: "nordlicht po-1" })).toEqual([2]);
    expect(await rowsOf({ q: "tx-1" })).toEqual([2, 3]);
    expect(await rowsOf({ q: "100%" })).toEqual([3]);
    expect(await rowsOf({ q: "INV_" })).toEqual([4]);
    expect(await rowsOf({ q: "\\" })).toEqual([]);
  });

  test("it is sorted and cut into pages with the length of the whole", async () => {
    expect(await rowsOf({ sort: "amount", descending: true })).toEqual([2, 5, 4, 3]);
    expect(await rowsOf({ sort: "supplier" })).toEqual([3, 4, 2, 5]);
    const page = await list({ sort: "confidence", offset: 1, limit: 2 });
    expect(page).toMatchObject({ total: 4, rows: [{ row: 4 }, { row: 2 }] });
    expect(await listInvoiceRowNumbers(ada, BATCH, invoicePageSchema.parse({ q: "inv-" }), database.doors)).toEqual([
      2, 3, 5,
    ]);
  });
});

test("a set's totals are by status and currency, and letters of an earlier run do not count", async () => {
  const batch = await getBatch(ada, BATCH, database.doors);
  expect(batch?.totals.sort((a, b) => a.status.localeCompare(b.status))).toEqual([
    { status: "matched", currency: "EUR", count: 2, amountMinor: 16_900, reconciled: 0 },
    { status: "partial_payment", currency: "EUR", count: 1, amountMinor: 7_000, reconciled: 1 },
    { status: "unpaid", currency: "USD", count: 1, amountMinor: 9_000, reconciled: 0 },
  ]);
  expect(batch).toMatchObject({ unknownTransactions: 2, letters: { ready: 1, sent: 0 } });
  expect(await listDrafts(ada, BATCH, database.doors)).toMatchObject([
    { id: "eml_1", invoices: [{ row: 4, invoiceNumber: "INV_3" }], state: "ready" },
  ]);
});

test("the evidence of an invoice has its order, its payments and what else they pay", async () => {
  const evidence = await getEvidence(ada, BATCH, 2, database.doors);
  expect(evidence).toMatchObject({
    invoiceNumber: "INV-1",
    statedPo: "PO-1",
    reasons: ["The amounts agree.", "The reference names it."],
    order: { poNumber: "PO-1", netMinor: 10_000, lines: [{ sku: "LENS", qty: "2.5", unitPrice: "40.0000" }] },
    payments: [{ transactionId: "TX-1", amountMinor: -16_900, alsoPays: [{ row: 3, invoiceNumber: "INV-2" }] }],
  });
  expect(await getEvidence(ada, BATCH, 3, database.doors)).toMatchObject({
    order: null,
    edits: [{ id: "edt_1", by: "ada@here.test", note: "by phone", undoneAt: null }],
  });
  expect(await getEvidence(ada, BATCH, 99, database.doors)).toBeNull();
});

test("payments are found by amount however it is written, those that pay nothing first", async () => {
  const find = async (q: string, status?: "unknown_transaction") =>
    (await listTransactions(ada, BATCH, { q, status, offset: 0, limit: 10 }, database.doors)).rows.map(
      ({ transactionId }) => transactionId,
    );
  expect(await find("")).toEqual(["TX-3", "TX-4", "TX-1", "TX-2"]);
  expect(await find("", "unknown_transaction")).toEqual(["TX-3", "TX-4"]);
  expect(await find("1,180.00")).toEqual(["TX-4"]);
  expect(await find("16900")).toEqual(["TX-1"]);
  expect(await find("2026-05-11")).toEqual(["TX-2"]);
});

test("rows that could not be read are listed by file, row and column", async () => {
  expect(await listRefused(ada, BATCH, { offset: 0, limit: 10 }, database.doors)).toEqual({
    total: 1,
    rows: [{ no: 1, file: "invoices", row: 6, column: "total", value: "12,3x", reason: "is not an amount" }],
  });
});

test("another tenant's set is not there", async () => {
  expect(await listBatches(stranger, database.doors)).toEqual([]);
  expect(await getBatch(stranger, BATCH, database.doors)).toBeNull();
  expect(await list({}, stranger)).toEqual({ total: 0, rows: [] });
  expect(await getEvidence(stranger, BATCH, 2, database.doors)).toBeNull();
  expect(await listDrafts(stranger, BATCH, database.doors)).toEqual([]);
  expect((await listTransactions(stranger, BATCH, { q: "", offset: 0, limit: 9 }, database.doors)).total).toBe(0);
  expect((await listRefused(stranger, BATCH, { offset: 0, limit: 9 }, database.doors)).total).toBe(0);
});
