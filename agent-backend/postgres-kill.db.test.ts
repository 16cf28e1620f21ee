// Postgres really killed in the middle of an order, at a payment, and of a reconciliation, at a letter: before the call, and when it has
// answered but nothing of it is stored. The agent backend is a process of its own and lives through it.
import { rmSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/launch/postgres/embedded";
import { type AgentProcess, agentProcesses, untilIs } from "@/test/agent-processes";
import { makeHome } from "@/test/flightdeck";
import { freePort } from "@/test/free-port";
import { demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend, plantOrder } from "@/test/order-backend";

let home: string;
let port: number;
let postgres: EmbeddedPostgres;
let backend: OrderBackend;
const shared = process.env.TEST_DATABASE_URL;
const processes = agentProcesses(() => backend);

beforeAll(async () => {
  home = makeHome();
  port = await freePort();
  postgres = await startEmbeddedPostgres(home, port);
  process.env.TEST_DATABASE_URL = postgres.adminUrl;
  backend = await createOrderBackend();
  // What this process holds open ends with the server; the tests below ask over connections of their own.
  backend.admin.on("error", () => {});
  backend.database.pool.on("error", () => {});
}, 120_000);

afterAll(async () => {
  processes.killAll();
  await backend.close().catch(() => {});
  process.env.TEST_DATABASE_URL = shared;
  await postgres.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: backend.database.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
const rows = <T = Record<string, unknown>>(query: string, values: unknown[]) =>
  withClient(async (client) => (await client.query(query, values)).rows as T[]);

/** Kills the server, has the process go on from where it is held, and starts the server again. */
async function killPostgres(running: AgentProcess): Promise<void> {
  process.kill(postgres.pid, "SIGKILL");
  await postgres.ended;
  running.child.stdin?.write("go\n");
  postgres = await startEmbeddedPostgres(home, port);
}

test.each(["before", "after"])(
  "Postgres is killed %s a payment: the order goes on by itself, and every effect is there once",
  { timeout: 120_000 },
  async (moment) => {
    const orderId = `PGK-${moment}`;
    const sku = `PGK${moment}`;
    const order = { id: orderId, lines: [{ sku, qty: 2, stock: 5 }] };
    await withClient((client) => plantOrder(client, backend.ada.tenantId, order));
    const running = await processes.start(`payment.authorize:${moment}`, "hold");
    const threadId = newId("thr");
    await processes.post(running, threadId, `/agents/orders/threads/${threadId}`, { subject: orderId });
    await running.held;

    await killPostgres(running);

    const status = async () =>
      (await rows<{ status: string }>("select status from flightdeck.orders where id = $1", [orderId]))[0]?.status;
    await untilIs(status, "waiting");
    const [open] = await rows<{ id: string }>(
      "select id from flightdeck.approvals where thread_id = $1 and status = 'pending'",
      [threadId],
    );
    const path = `/threads/${threadId}/approvals/${open?.id}`;
    expect(await processes.post(running, threadId, path, { answer: { action: "skip" } })).toBe(true);
    await untilIs(status, "fulfilled");

    const ledger = await rows<{ entry: string }>(
      "select system || '.' || operation as entry from flightdeck.sandbox_ledger where idempotency_key like $1 || ':%' order by created_at",
      [threadId],
    );
    expect(ledger.map(({ entry }) => entry)).toEqual(["stock.reserve", "payment.authorize", "carrier.book"]);
    expect(await rows("select units_in_stock as units from flightdeck.products where sku = $1", [sku])).toEqual([
      { units: 3 },
    ]);
    expect(running.child.exitCode).toBeNull();
    running.child.kill("SIGKILL");
    await running.died;
  },
);

test.each(["before", "after"])(
  "Postgres is killed %s a letter: the reconciliation goes on by itself, and every letter and mark is there once",
  { timeout: 120_000 },
  async (moment) => {
    const drive = invoiceDriver(backend);
    const { tenantId } = backend.ada;
    await rows(
      `insert into flightdeck.suppliers (tenant_id, id, name, email)
        values ($1, 'S-1', 'Kessler Servo Systems AG', 'accounts@kessler-servo.test'), ($1, 'S-2', 'Varga Precision Kft', 'invoices@varga.test')
        on conflict do nothing`,
      [tenantId],
    );
    const { batchId } = await drive.upload(backend.ada, await demoBooks());
    const running = await processes.start(`mail.send:${moment}`, "hold");
    const threadId = newId("thr");
    await processes.post(running, threadId, `/agents/invoices/threads/${threadId}`, { subject: batchId });
    const status = async () =>
      (
        await rows<{ status: string }>("select status from flightdeck.reconciliation_batches where id = $1", [batchId])
      )[0]?.status;
    await untilIs(status, "waiting");
    const [open] = await rows<{ id: string }>("select id from flightdeck.approvals where thread_id = $1", [threadId]);
    const addressed = await rows(
      "select to_address as to from flightdeck.email_drafts where batch_id = $1 and to_address <> '' order by 1",
      [batchId],
    );
    expect(addressed.length).toBeGreaterThan(1);
    const answer = { action: "approve", invoices: "proposed", letters: "ready", close: true };
    const path = `/threads/${threadId}/approvals/${open?.id}`;
    expect(await processes.post(running, threadId, path, { answer })).toBe(true);
    await running.held;

    await killPostgres(running);

    await untilIs(status, "finished");
    const sent = await rows(
      "select request ->> 'to' as to from flightdeck.sandbox_ledger where system = 'mail' and idempotency_key like $1 || ':%' order by 1",
      [threadId],
    );
    expect(sent).toEqual(addressed);
    const marks = await rows("select 1 from flightdeck.audit_log where action = 'invoice.reconcile' and target = $1", [
      batchId,
    ]);
    expect(marks).toHaveLength(1);
    running.child.kill("SIGKILL");
    await running.died;
  },
);
