// Checkpoints as older versions of the graphs wrote them, paused at each question: today's graphs go on from every one, and refuse one of
// a version that they do not know. WRITE_SAMPLES=1 adds the histories of the present versions; those of older ones are kept as they are.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { INVOICE_STATE_VERSION } from "@/contract/invoices";
import { ORDER_STATE_VERSION } from "@/contract/orders";
import { newId } from "@/db/ids";
import { invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";

const folderOf = (agent: string) => new URL(`graphs/${agent}/histories/`, import.meta.url).pathname;
/** What a thread has of its own. */
const TABLES = [
  "flightdeck.graph_threads",
  "flightdeck.approvals",
  "flightdeck.effects",
  "flightdeck.sandbox_ledger",
  "langgraph.checkpoints",
  "langgraph.checkpoint_blobs",
  "langgraph.checkpoint_writes",
];
/** What a set of books has besides, the rows before those that point to them. */
const BOOK_TABLES = [
  "reconciliation_batches",
  "purchase_orders",
  "purchase_order_lines",
  "invoices",
  "bank_transactions",
  "invoice_results",
  "transaction_results",
  "invoice_payments",
  "email_drafts",
].map((table) => `flightdeck.${table}`);

interface History {
  threadId: string;
  tenantId: string;
  rows: Record<string, Record<string, unknown>[]>;
}
interface OrderHistory extends History {
  orderId: string;
}
interface BookHistory extends History {
  batchId: string;
}

const orders = {
  stock: { lines: [{ sku: "OLD1", qty: 3, stock: 1 }] },
  payment: { lines: [{ sku: "OLD2", qty: 1, stock: 5 }], methods: ["card_declined", "card_visa"] },
  notice: { lines: [{ sku: "OLD3", qty: 1, stock: 5 }] },
} as const;
const answers: Record<string, object> = {
  "order.stock": { action: "resolve", lines: [{ lineNo: 1, action: "back-order" }] },
  "order.payment": { action: "other-method", method: "card_visa" },
  "order.notice": { action: "skip" },
};

const books = {
  purchaseOrders: `po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price
PO-1,Heron Glass,2026-03-01,EUR,1,PANE,Pane,10,25.00
PO-2,Heron Glass,2026-03-02,EUR,1,PANE,Pane,4,25.00
`,
  invoices: `invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax
HG-1,Heron Glass,2026-03-05,2026-04-04,PO-1,EUR,297.50,47.50
HG-2,Heron Glass,2026-03-06,2026-04-05,PO-2,EUR,119.00,19.00
`,
  bank: `transaction_id,booking_date,amount,currency,counterparty,reference
TX-1,2026-03-20,-297.50,EUR,Heron Glass,HG-1
`,
};

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend();
  for (const [name, order] of Object.entries(orders))
    await backend.plant(backend.ada, {
      id: `OLD-${name}`,
      lines: order.lines.map((line) => ({ ...line })),
      methods: "methods" in order ? [...order.methods] : undefined,
    });
});

afterAll(() => backend.close());

/** Keeps the rows of `tables` that name one of `ids`. */
async function writeHistory(path: string, history: Omit<OrderHistory | BookHistory, "rows">, tables: string[]) {
  const { tenantId, ...ids } = history;
  const rows: History["rows"] = {};
  for (const table of tables) {
    const found = await backend.rows<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where to_jsonb(t)::text like any($1)`,
      [Object.values(ids).map((id) => `%${id}%`)],
    );
    rows[table] = found.map(({ row }) => row);
  }
  mkdirSync(folderOf(path.split("/")[0] ?? ""), { recursive: true });
  writeFileSync(
    new URL(`graphs/${path}.json`, import.meta.url),
    `${JSON.stringify({ ...ids, tenantId, rows }, null, 1)}\n`,
  );
}

async function loadHistory<T extends History>(agent: string, file: string): Promise<T> {
  const text = readFileSync(folderOf(agent) + file, "utf8");
  const { tenantId } = JSON.parse(text) as T;
  const history = JSON.parse(text.replaceAll(tenantId, backend.ada.tenantId)) as T;
  for (const [table, rows] of Object.entries(history.rows))
    for (const row of rows) {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      await backend.rows(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      );
    }
  return history;
}

async function loadOrder(file: string): Promise<OrderHistory> {
  const history = await loadHistory<OrderHistory>("orders", file);
  await backend.rows("update flightdeck.orders set status = 'waiting', thread_id = $2 where id = $1", [
    history.orderId,
    history.threadId,
  ]);
  return history;
}

/** What the thread waits with. */
async function openQuestion(threadId: string) {
  const [open] = await backend.rows<{ id: string; reason: string }>(
    "select id, reason from flightdeck.approvals where thread_id = $1 and status = 'pending'",
    [threadId],
  );
  return open;
}

const writing = process.env.WRITE_SAMPLES === "1";

test.runIf(writing)("the present versions' histories are written", async () => {
  const { ada } = backend;
  const { tenantId } = ada;
  const threadFor = async (subject: string) =>
    (await backend.rows<{ id: string }>("select id from flightdeck.graph_threads where subject = $1", [subject]))[0]
      ?.id ?? "";
  for (const name of Object.keys(orders)) {
    const orderId = `OLD-${name}`;
    await backend.run(ada, { threadId: newId("thr"), forwardedProps: { orderId } });
    const history = { orderId, threadId: await threadFor(orderId), tenantId };
    await writeHistory(`orders/histories/v${ORDER_STATE_VERSION}-${name}`, history, TABLES);
  }
  const drive = invoiceDriver(backend);
  const { batchId } = await drive.upload(ada, books);
  const { threadId } = await drive.begin(ada, batchId);
  const history = { batchId, threadId, tenantId };
  await writeHistory(`invoices/histories/v${INVOICE_STATE_VERSION}-review`, history, [...BOOK_TABLES, ...TABLES]);
});

const filesOf = (agent: string) => (writing ? [] : readdirSync(folderOf(agent)).sort());

test.skipIf(writing).each(filesOf("orders"))("order %s goes on from where it was paused, to its end", async (file) => {
  const { threadId, orderId } = await loadOrder(file);
  for (let asked = 0; asked < 4; asked++) {
    const open = await openQuestion(threadId);
    if (!open) break;
    const interruptId = open.id;
    const payload = answers[open.reason];
    const run = await backend.run(backend.ada, { threadId, resume: [{ interruptId, status: "resolved", payload }] });
    expect(run.last, JSON.stringify(run.last)).toMatchObject({ type: "RUN_FINISHED" });
  }
  const [order] = await backend.rows("select status from flightdeck.orders where id = $1", [orderId]);
  expect(order).toEqual({ status: "fulfilled" });
});

test.skipIf(writing).each(filesOf("invoices"))(
  "reconciliation %s goes on from where it was paused, to its end",
  async (file) => {
    const { threadId, batchId } = await loadHistory<BookHistory>("invoices", file);
    const drive = invoiceDriver(backend);
    const interruptId = (await openQuestion(threadId))?.id ?? "";
    const payload = { action: "approve", invoices: "proposed", close: true };
    const run = await drive.run(backend.ada, { threadId, resume: [{ interruptId, status: "resolved", payload }] });
    expect(run.last, JSON.stringify(run.last)).toMatchObject({ type: "RUN_FINISHED" });
    expect(await drive.batch(batchId)).toMatchObject({ status: "finished" });
    const ends = (await drive.results(batchId)).map(({ number, by }) => `${number} ${by}`);
    expect(ends).toEqual(["HG-1 ada@flightdeck.test", "HG-2 null"]);
  },
);

test.skipIf(writing)("a checkpoint of an unknown version goes nowhere, and page and caller are told why", async () => {
  await backend.plant(backend.ada, { id: "OLD-future", lines: [{ sku: "OLD4", qty: 1, stock: 5 }] });
  const conversation = newId("thr");
  const asked = await backend.run(backend.ada, { threadId: conversation, forwardedProps: { orderId: "OLD-future" } });
  const [interrupt] = asked.last.outcome?.interrupts ?? [];
  const before = await backend.rows("select system, operation from flightdeck.sandbox_ledger");
  await backend.rows(
    `update langgraph.checkpoint_blobs set blob = '99'
      where channel = 'version' and thread_id like '%' || (select id from flightdeck.graph_threads where subject = 'OLD-future')`,
  );
  const run = await backend.run(backend.ada, {
    threadId: conversation,
    resume: [{ interruptId: interrupt?.id ?? "", status: "resolved", payload: { action: "skip" } }],
  });
  expect(run.last).toMatchObject({
    code: "state_version",
    message: expect.stringContaining("cannot go on under version 1: version does not fit"),
  });
  const [order] = await backend.rows("select status, note from flightdeck.orders where id = 'OLD-future'");
  expect(order).toMatchObject({ status: "failed", note: expect.stringContaining("begun by another version (99)") });
  expect(await backend.rows("select system, operation from flightdeck.sandbox_ledger")).toEqual(before);
});
