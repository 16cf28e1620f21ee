// Real processes, really killed: at every effect, before the call, and after it but before its checkpoint. The call before a step is also
// the moment after the checkpoint of the step before it. Steps that call nothing are killed before the results that lead to them are stored,
// between these and their checkpoint, and after it. CRASH_ROUNDS repeats the whole (default 1).
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/db/ids";
import { type AgentProcess, agentProcesses, LEASE_MS, untilIs } from "@/test/agent-processes";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";

// Each starts a process, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 90_000 });

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 1);

let backend: OrderBackend;
let survivor: AgentProcess;
const processes = agentProcesses(() => backend);
const { post } = processes;

beforeAll(async () => {
  backend = await createOrderBackend();
  survivor = await processes.start();
});

afterAll(async () => {
  processes.killAll();
  await backend.close();
});

const statusOf = async (orderId: string) =>
  (await backend.rows<{ status: string }>("select status from flightdeck.orders where id = $1", [orderId]))[0]?.status;
const untilStatus = (orderId: string, wanted: string) => untilIs(() => statusOf(orderId), wanted);

async function answerWith(running: AgentProcess, threadId: string, answer: unknown): Promise<void> {
  const [open] = await backend.rows<{ id: string }>(
    "select id from flightdeck.approvals where thread_id = $1 and status = 'pending'",
    [threadId],
  );
  const path = `/threads/${threadId}/approvals/${open?.id}`;
  if (!(await post(running, threadId, path, { answer }))) await post(survivor, threadId, path, { answer });
}

async function ledgerOf(threadId: string): Promise<string[]> {
  const rows = await backend.rows<{ entry: string }>(
    "select system || '.' || operation as entry from flightdeck.sandbox_ledger where idempotency_key like $1 || ':%' order by created_at",
    [threadId],
  );
  return rows.map(({ entry }) => entry);
}

const forward = ["stock.reserve", "payment.authorize", "carrier.book", "mail.send"];
const back = ["carrier.cancel", "payment.void", "stock.release"];
const quietSteps = ["CHECK_INVENTORY", "DRAFT_NOTICE", "REVIEW_NOTICE", "FINALIZE_ORDER"].map((step) => `node.${step}`);
const moments = (calls: string[]) => calls.flatMap((call) => [`${call}:before`, `${call}:after`]);
const between = quietSteps.map((step) => `${step}:written`);
let planted = 0;

async function begin(
  crashAt: string,
  methods?: string[],
): Promise<{ orderId: string; threadId: string; sku: string; victim: AgentProcess }> {
  const orderId = `CR-${++planted}`;
  const sku = `CR${planted}`;
  await backend.plant(backend.ada, { id: orderId, lines: [{ sku, qty: 2, stock: 5 }], methods });
  const victim = crashAt ? await processes.startVictim(survivor, crashAt) : await processes.start();
  const threadId = newId("thr");
  await post(victim, threadId, `/agents/orders/threads/${threadId}`, { subject: orderId });
  await untilStatus(orderId, "waiting");
  return { orderId, threadId, sku, victim };
}
const unitsOf = async (sku: string) =>
  (
    await backend.rows<{ units: number }>("select units_in_stock as units from flightdeck.products where sku = $1", [
      sku,
    ])
  )[0]?.units;

for (let round = 1; round <= ROUNDS; round++) {
  test.each([...moments([...forward, ...quietSteps]), ...between])(
    `round ${round}: killed at %s, the order ends with every effect once`,
    async (crashAt) => {
      const { orderId, threadId, sku, victim } = await begin(crashAt);
      await answerWith(victim, threadId, { action: "send", subject: "It is on its way", body: "As said." });
      await untilStatus(orderId, "fulfilled");
      expect(await victim.died).toBe("SIGKILL");
      expect(await ledgerOf(threadId)).toEqual(forward);
      expect(await unitsOf(sku)).toBe(3);
    },
  );

  test.each(moments(back))(
    `round ${round}: killed at %s on the way back, everything is undone once`,
    async (crashAt) => {
      const { orderId, threadId, sku, victim } = await begin(crashAt);
      await answerWith(victim, threadId, { action: "cancel", reason: "" });
      await untilStatus(orderId, "cancelled");
      expect(await victim.died).toBe("SIGKILL");
      expect(await ledgerOf(threadId)).toEqual([...forward.slice(0, 3), ...back]);
      expect(await unitsOf(sku)).toBe(5);
    },
  );

  test.each(moments(["payment.authorize"]))(
    `round ${round}: killed at %s of a card that is declined, the order asks once and is paid once by another`,
    async (crashAt) => {
      const { orderId, threadId, victim } = await begin(crashAt, ["card_declined", "card_visa"]);
      expect(await victim.died).toBe("SIGKILL");
      await answerWith(survivor, threadId, { action: "other-method", method: "card_visa" });
      await untilAsked(threadId, "order.notice");
      await answerWith(survivor, threadId, { action: "skip" });
      await untilStatus(orderId, "fulfilled");
      expect(await ledgerOf(threadId)).toEqual([
        "stock.reserve",
        "payment.authorize",
        "payment.authorize",
        "carrier.book",
      ]);
      const asked = await backend.rows("select reason from flightdeck.approvals where thread_id = $1 order by reason", [
        threadId,
      ]);
      expect(asked).toEqual([{ reason: "order.notice" }, { reason: "order.payment" }]);
    },
  );
}

test("a decision whose process died at once is acted on by another, and a pending one waits through a restart", async () => {
  const { orderId, threadId, victim } = await begin("");
  const [before] = await backend.rows("select id, status from flightdeck.approvals where thread_id = $1", [threadId]);
  victim.child.kill("SIGKILL");
  await sleep(LEASE_MS * 2);
  expect(await backend.rows("select id, status from flightdeck.approvals where thread_id = $1", [threadId])).toEqual([
    before,
  ]);
  // Written, and nobody told: as by a process that died between its commit and its next line.
  await backend.rows(
    `with decided as (update flightdeck.approvals set status = 'decided', decided_by = 'ada',
        decision = '{"answer": {"action": "skip"}, "decidedBy": "ada", "decidedByName": "ada"}' where thread_id = $1)
      update flightdeck.graph_threads set wake = true where id = $1`,
    [threadId],
  );
  await untilStatus(orderId, "fulfilled");
});

async function untilAsked(threadId: string, reason: string): Promise<void> {
  const query = "select 1 from flightdeck.approvals where thread_id = $1 and reason = $2 and status = 'pending'";
  await expect.poll(() => backend.rows(query, [threadId, reason]), { timeout: 45_000 }).toHaveLength(1);
}
