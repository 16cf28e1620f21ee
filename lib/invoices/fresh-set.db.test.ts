import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Doors, TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { BATCH, plantBooks } from "@/test/planted-books";
import { exportBatch } from "./export-batch";
import { invoicePageSchema } from "./invoice-filter";
import { getBatch } from "./list-batches";
import { listInvoiceRowNumbers, listInvoices } from "./list-invoices";
import { listTransactions } from "./list-transactions";

/** A set of thousands that was stored a moment ago, of which Postgres has no statistics: it must not be gone through once for each row. */
const ROWS = 3_000;
/** The tables of a set that one read may go through, a few times each. */
const TUPLES_MAX = 50 * ROWS;

let database: TestDatabase;
let ada: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const member = { userId: "ada", email: "ada@here.test", role: "admin" as const };
  ada = { ...member, tenantId: await database.provision({ slug: "here", name: "here", members: [member] }) };
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await plantBooks(admin, ada.tenantId);
  for (const [table, key] of [
    ["invoices", "row"],
    ["invoice_results", "row"],
    ["bank_transactions", "row"],
    ["transaction_results", "row"],
    ["invoice_payments", "invoice_row"],
  ] as const) {
    const { rows } = await admin.query(
      "select column_name from information_schema.columns where table_schema = 'flightdeck' and table_name = $1",
      [table],
    );
    const columns = rows.map(({ column_name }) => `"${column_name}"`);
    const values = columns.map((column) =>
      column === `"${key}"` ? "n" : column === '"transaction_row"' ? "n" : column,
    );
    await admin.query(
      `insert into flightdeck.${table} (${columns.join()}) select ${values.join()}
        from flightdeck.${table}, generate_series(10, ${ROWS + 9}) n where batch_id = '${BATCH}' and ${key} = 2`,
    );
  }
  await admin.end();
});
afterAll(() => database.drop());

/** Doors that count the rows which each transaction makes Postgres look at. */
function counted(): { doors: Pick<Doors, "withTenant">; tuples(): number } {
  let seen = 0;
  const withTenant: Doors["withTenant"] = (context, work) =>
    database.doors.withTenant(context, async (tx, commitNow) => {
      const result = await work(tx, commitNow);
      const { rows } = await tx.execute<{ read: string }>(
        sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as read from pg_stat_xact_user_tables where schemaname = 'flightdeck'`,
      );
      seen = Math.max(seen, Number(rows[0]?.read));
      return result;
    });
  return { doors: { withTenant }, tuples: () => seen };
}

test.each<[string, (doors: Pick<Doors, "withTenant">) => Promise<unknown>, unknown]>([
  ["its totals", async (doors) => (await getBatch(ada, BATCH, doors))?.totals.length, 3],
  [
    "the review table",
    async (doors) => (await listInvoices(ada, BATCH, invoicePageSchema.parse({ sort: "confidence" }), doors)).total,
    ROWS + 4,
  ],
  [
    "a search in it",
    async (doors) => (await listInvoices(ada, BATCH, invoicePageSchema.parse({ q: "tx-1" }), doors)).total,
    ROWS + 2,
  ],
  [
    "all that a filter finds",
    async (doors) =>
      (await listInvoiceRowNumbers(ada, BATCH, { statuses: ["matched"], show: "all", q: "" }, doors)).length,
    ROWS + 2,
  ],
  [
    "the payments",
    async (doors) => (await listTransactions(ada, BATCH, { q: "", offset: 0, limit: 100 }, doors)).total,
    ROWS + 4,
  ],
  [
    "the export",
    async (doors) => (await (await exportBatch(ada, BATCH, doors)).text()).split("\r\n").length,
    2 * ROWS + 4 + 4 + 1 + 2,
  ],
])("%s", async (_, read, expected) => {
  const { doors, tuples } = counted();
  expect(await read(doors)).toEqual(expected);
  expect(tuples()).toBeGreaterThan(0);
  expect(tuples()).toBeLessThan(TUPLES_MAX);
});
