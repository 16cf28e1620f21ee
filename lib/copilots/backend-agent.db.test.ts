import { type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import { lastValueFrom, toArray } from "rxjs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { envFrom } from "@/agent-backend/env";
import { systemsFrom } from "@/agent-backend/systems/systems";
import { RUN_TOKEN_TTL_SECONDS } from "@/contract/run-token";
import { newId } from "@/db/ids";
import { createOrderBackend, type OrderBackend, RUN_TOKEN_SECRET, runInput } from "@/test/order-backend";
import { BackendAgent } from "./backend-agent";

let backend: OrderBackend;
/** Where the payment of an order waits until the test lets it go on. */
let arrived: () => void;
let goOn: () => void;
const atPayment = new Promise<void>((resolve) => {
  arrived = resolve;
});
const released = new Promise<void>((resolve) => {
  goOn = resolve;
});

beforeAll(async () => {
  const real = systemsFrom(envFrom({ RUN_TOKEN_SECRET }));
  backend = await createOrderBackend({
    systemsOf(tenantId, work) {
      const systems = real(tenantId, work);
      const authorize: typeof systems.payment.authorize = async (...request) => {
        arrived();
        await released;
        return systems.payment.authorize(...request);
      };
      return { ...systems, payment: { ...systems.payment, authorize } };
    },
  });
  vi.stubEnv("AGENT_BACKEND_URL", backend.url);
  vi.stubEnv("RUN_TOKEN_SECRET", RUN_TOKEN_SECRET);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await backend.close();
});

test("a run goes on beyond its token, and whoever joins or answers it later comes with a new one", async () => {
  const { ada } = backend;
  await backend.plant(ada, { id: "LONG-1", lines: [{ sku: "L1", qty: 1, stock: 5 }] });
  const caller = { ...ada, email: "ada@flightdeck.test" };
  const agent = new BackendAgent({ id: "orders", description: "" }, caller);
  const threadId = newId("thr");
  const run = (one: BackendAgent, input: Partial<RunAgentInput>): Promise<BaseEvent[]> =>
    lastValueFrom(one.run(runInput({ threadId, ...input })).pipe(toArray()));
  const endOf = (events: BaseEvent[]) => events.at(-1) as BaseEvent & { outcome?: { interrupts?: { id: string }[] } };

  const first = run(agent, { forwardedProps: { orderId: "LONG-1" } });
  await atPayment;
  const [thread] = await backend.rows<{ id: string }>(
    "select id from flightdeck.graph_threads where subject = 'LONG-1'",
  );
  const answerWith = (token: string | undefined) =>
    fetch(`${backend.url}/agents/orders`, {
      method: "POST",
      headers: { authorization: token ?? "", "content-type": "application/json" },
      body: JSON.stringify(runInput({ threadId })),
    });
  const old = agent.headers.authorization;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + (RUN_TOKEN_TTL_SECONDS + 60) * 1_000 });
  expect((await answerWith(old)).status).toBe(401);

  goOn();
  const [question] = endOf(await first).outcome?.interrupts ?? [];
  expect(question?.id).toMatch(/^apr_/);
  const again = agent.clone();
  expect(endOf(await run(again, {})).outcome?.interrupts?.[0]?.id).toBe(question?.id);
  expect(again.headers.authorization).not.toBe(old);
  const resume = [{ interruptId: question?.id ?? "", status: "resolved" as const, payload: { action: "skip" } }];
  expect(endOf(await run(agent.clone(), { resume }))).toMatchObject({ type: EventType.RUN_FINISHED });
  expect(await backend.rows("select status from flightdeck.graph_threads where id = $1", [thread?.id])).toEqual([
    { status: "finished" },
  ]);
});
