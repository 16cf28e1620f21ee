// Real processes, really killed: between the nodes, while the engine matches, and at a letter, before the mail system is called and after it
// has answered. CRASH_ROUNDS repeats the whole (default 1).
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/db/ids";
import { readDemoBooks } from "@/db/seed/demo/books";
import { type AgentProcess, agentProcesses, untilIs } from "@/test/agent-processes";
import { type BookTexts, demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import { importOwnBooks } from "./books/import-own-books";
import { generateBooks } from "./reconciliation/generator/generate-books";

// Each starts a process, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 90_000 });

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 1);

let backend: OrderBackend;
let drive: ReturnType<typeof invoiceDriver>;
let survivor: AgentProcess;
const processes = agentProcesses(() => backend);
const { post } = processes;

beforeAll(async () => {
  backend = await createOrderBackend();
  drive = invoiceDriver(backend);
  const files = await readDemoBooks("acme");
  const { tenantId } = backend.ada;
  // The suppliers with their addresses; its batch is of no concern here.
  await importOwnBooks(backend.executor.work(tenantId), tenantId, {
    title: "Own",
    createdBy: "ada",
    suppliers: files["suppliers.csv"],
    purchaseOrders: files["purchase_orders.csv"],
    invoices: files["invoices.csv"],
    bank: files["bank_transactions.csv"],
  });
  survivor = await processes.start();
});

afterAll(async () => {
  processes.killAll();
  await backend.close();
});

const untilStatus = (batchId: string, wanted: string) =>
  untilIs(async () => (await drive.batch(batchId)).status, wanted);

/** A batch on a process that will die. */
async function beginOn(crashAt: string, books: BookTexts) {
  const { batchId, counts } = await drive.upload(backend.ada, books);
  const victim = await processes.startVictim(survivor, crashAt);
  const threadId = newId("thr");
  await post(victim, threadId, `/agents/invoices/threads/${threadId}`, { subject: batchId });
  return { batchId, counts, threadId, victim };
}

async function answer(process: AgentProcess, threadId: string): Promise<void> {
  const [open] = await backend.rows<{ id: string }>(
    "select id from flightdeck.approvals where thread_id = $1 and status = 'pending'",
    [threadId],
  );
  const answer = { action: "approve", invoices: "proposed", letters: "ready", close: true };
  await post(process, threadId, `/threads/${threadId}/approvals/${open?.id}`, { answer });
}

/** Every letter that has an address went out once, what was proposed was marked once, and people were asked once. */
async function expectedEnd(batchId: string, threadId: string, before: Awaited<ReturnType<typeof asked>>) {
  const mails = (await drive.sentMails()).filter(({ key }) => key.startsWith(`${threadId}:`));
  expect(mails.map(({ request }) => request.to).sort()).toEqual(before.addressed.map(({ to }) => to).sort());
  expect((await drive.results(batchId)).filter(({ by }) => by !== null).map(({ row }) => row)).toEqual(before.proposed);
  const audited = (action: string, where: string) =>
    backend.rows<{ target: string }>(
      `select target from flightdeck.audit_log where action = $1 and ${where} = $2 order by target`,
      [action, batchId],
    );
  expect(await audited("invoice.reconcile", "target")).toHaveLength(1);
  const letters = await audited("email.send", "detail->>'batchId'");
  expect(letters.map(({ target }) => target)).toEqual(before.addressed.map(({ id }) => id).sort());
  const approvals = await backend.rows("select status from flightdeck.approvals where thread_id = $1", [threadId]);
  expect(approvals).toEqual([{ status: "decided" }]);
}

/** What the batch waits with. */
async function asked(batchId: string) {
  const proposed = (await drive.results(batchId)).filter((row) => row.proposed).map(({ row }) => row);
  const addressed = (await drive.drafts(batchId)).filter(({ to }) => to !== "");
  expect(addressed.length).toBeGreaterThan(2);
  return { proposed, addressed };
}

for (let round = 1; round <= ROUNDS; round++) {
  test.each(["node.detect_anomalies:before", "node.ask_review:before", "node.review:before"])(
    `round ${round}: killed at %s, the batch asks once, with every row in one place`,
    async (crashAt) => {
      const { batchId, counts, threadId, victim } = await beginOn(crashAt, await demoBooks());
      expect(await victim.died).toBe("SIGKILL");
      await untilStatus(batchId, "waiting");
      expect(await drive.results(batchId)).toHaveLength(counts.invoices);
      const before = await asked(batchId);
      expect(new Set(before.addressed.map(({ supplier }) => supplier)).size).toBe(before.addressed.length);
      await answer(survivor, threadId);
      await untilStatus(batchId, "finished");
      await expectedEnd(batchId, threadId, before);
    },
  );

  test.each(["node.send_emails:before", "mail.send:before", "mail.send:after", "node.close_batch:before"])(
    `round ${round}: killed at %s, the batch ends with every letter sent once and every invoice marked once`,
    async (crashAt) => {
      const { batchId, threadId, victim } = await beginOn(crashAt, await demoBooks());
      await untilStatus(batchId, "waiting");
      const before = await asked(batchId);
      await answer(victim, threadId);
      expect(await victim.died).toBe("SIGKILL");
      await untilStatus(batchId, "finished");
      await expectedEnd(batchId, threadId, before);
    },
  );
}

test("killed while it matches, another process matches again and asks once", async () => {
  const { files } = generateBooks(800, 4);
  const { batchId, counts, threadId, victim } = await beginOn("", files);
  victim.child.kill("SIGKILL");
  expect(await victim.died).toBe("SIGKILL");
  await untilStatus(batchId, "waiting");
  expect(await drive.results(batchId)).toHaveLength(counts.invoices);
  const asked = await backend.rows("select status from flightdeck.approvals where thread_id = $1", [threadId]);
  expect(asked).toEqual([{ status: "pending" }]);
});
