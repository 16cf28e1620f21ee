// Checkpoints as older versions of the graph wrote them, paused at each question: today's graph goes on from every one. (What does
// not fit is refused by name: state.test.ts.) WRITE_SAMPLES=1 adds the histories of the present version; those of older ones are kept as they are.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ORDER_STATE_VERSION } from "@/contract/orders";
import { newId } from "@/db/ids";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";

const folder = new URL("graphs/orders/histories/", import.meta.url).pathname;
const TABLES = [
  "flightdeck.graph_threads",
  "flightdeck.approvals",
  "flightdeck.effects",
  "flightdeck.sandbox_ledger",
  "langgraph.checkpoints",
  "langgraph.checkpoint_blobs",
  "langgraph.checkpoint_writes",
];

interface History {
  orderId: string;
  threadId: string;
  tenantId: string;
  rows: Record<string, Record<string, unknown>[]>;
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

async function writeHistory(name: string): Promise<void> {
  const orderId = `OLD-${name}`;
  await backend.run(backend.ada, { threadId: newId("thr"), forwardedProps: { orderId } });
  const [thread] = await backend.rows<{ id: string }>("select id from flightdeck.graph_threads where subject = $1", [
    orderId,
  ]);
  const threadId = thread?.id ?? "";
  const rows: History["rows"] = {};
  for (const table of TABLES) {
    const found = await backend.rows<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from ${table} t where to_jsonb(t)::text like '%' || $1 || '%'`,
      [threadId],
    );
    rows[table] = found.map(({ row }) => row);
  }
  const history: History = { orderId, threadId, tenantId: backend.ada.tenantId, rows };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}v${ORDER_STATE_VERSION}-${name}.json`, `${JSON.stringify(history, null, 1)}\n`);
}

async function loadHistory(file: string): Promise<History> {
  const text = readFileSync(folder + file, "utf8");
  const { tenantId } = JSON.parse(text) as History;
  const history = JSON.parse(text.replaceAll(tenantId, backend.ada.tenantId)) as History;
  for (const table of TABLES)
    for (const row of history.rows[table] ?? []) {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      await backend.rows(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      );
    }
  await backend.rows("update flightdeck.orders set status = 'waiting', thread_id = $2 where id = $1", [
    history.orderId,
    history.threadId,
  ]);
  return history;
}

const writing = process.env.WRITE_SAMPLES === "1";

test.runIf(writing)("the present version's histories are written", async () => {
  for (const name of Object.keys(orders)) await writeHistory(name);
});

const files = writing ? [] : readdirSync(folder).sort();

test.skipIf(writing).each(files)("%s goes on from where it was paused, to its end", async (file) => {
  const { threadId, orderId } = await loadHistory(file);
  for (let asked = 0; asked < 4; asked++) {
    const [open] = await backend.rows<{ id: string; reason: string }>(
      "select id, reason from flightdeck.approvals where thread_id = $1 and status = 'pending'",
      [threadId],
    );
    if (!open) break;
    const interruptId = open.id;
    const payload = answers[open.reason];
    const run = await backend.run(backend.ada, { threadId, resume: [{ interruptId, status: "resolved", payload }] });
    expect(run.last, JSON.stringify(run.last)).toMatchObject({ type: "RUN_FINISHED" });
  }
  const [order] = await backend.rows("select status from flightdeck.orders where id = $1", [orderId]);
  expect(order).toEqual({ status: "fulfilled" });
});
