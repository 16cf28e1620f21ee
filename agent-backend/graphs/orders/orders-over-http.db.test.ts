// What orders do beyond the protocol, over HTTP from the running service; conformance.db.test.ts has what every agent must keep.
import { EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { createOrderBackend, type OrderBackend, type Run } from "@/test/order-backend";

let backend: OrderBackend;
let planted = 0;

beforeAll(async () => {
  backend = await createOrderBackend();
});

afterAll(() => backend.close());

/** A thread that waits with a declined card. */
async function waiting(
  person = backend.ada,
): Promise<{ threadId: string; orderId: string; run: Run; interruptId: string }> {
  const orderId = `CNF-${++planted}`;
  await backend.plant(person, {
    id: orderId,
    lines: [{ sku: `S${planted}`, qty: 1, stock: 5 }],
    methods: ["card_declined", "card_visa"],
  });
  const threadId = newId("thr");
  const run = await backend.run(person, { threadId, forwardedProps: { orderId } });
  return { threadId, orderId, run, interruptId: run.last.outcome?.interrupts?.[0]?.id ?? "" };
}
const resolved = (interruptId: string, payload: unknown) => [{ interruptId, status: "resolved" as const, payload }];
const retry = { action: "other-method", method: "card_visa" };

test("words: an order is started, what is stuck is listed, an unknown order is said to be unknown", async () => {
  const { orderId } = await waiting();
  const say = async (content: string) => {
    const run = await backend.run(backend.ada, {
      threadId: newId("thr"),
      messages: [{ id: newId("msg"), role: "user", content }],
    });
    const text = run.events.flatMap((event) =>
      event.type === EventType.TEXT_MESSAGE_CONTENT ? [(event as { delta?: string }).delta] : [],
    );
    return { run, text: text.join("") };
  };
  expect((await say("What is stuck?")).text).toContain(`**${orderId}** waits for a decision`);
  expect((await say(`Why was ${orderId} declined?`)).text).toContain("insufficient funds");
  expect((await say("fulfil ORD-99999")).text).toBe("There is no order ORD-99999.");
  const number = `CNF-${++planted}`;
  await backend.plant(backend.ada, { id: number, lines: [{ sku: `S${planted}`, qty: 1, stock: 5 }] });
  expect((await say(`please fulfil ${number.toLowerCase()}`)).run.state.orderId).toBe(number);
  // Imported orders have the numbers of the system that they come from.
  const imported = `${10_248 + ++planted}`;
  await backend.plant(backend.ada, { id: imported, lines: [{ sku: `S${planted}`, qty: 1, stock: 5 }] });
  expect((await say(`fulfil ${imported} in 2 parcels`)).run.state.orderId).toBe(imported);
});

test("words: several orders are begun as a batch, and one is cancelled and undone; what has ended is refused", async () => {
  const say = (content: string) =>
    backend.run(backend.ada, { threadId: newId("thr"), messages: [{ id: newId("msg"), role: "user", content }] });
  const textOf = ({ events }: Run) =>
    events
      .flatMap((event) => ("delta" in event && event.type === EventType.TEXT_MESSAGE_CONTENT ? [event.delta] : []))
      .join("");
  const { orderId } = await waiting();
  const reserved = () => backend.rows("select units_in_stock from flightdeck.products where sku = $1", [`S${planted}`]);
  expect(await reserved()).toEqual([{ units_in_stock: 4 }]);
  expect(textOf(await say(`don't cancel ${orderId}`))).toContain("waits for a decision");
  expect(textOf(await say(`Hi, cancel ${orderId} please`))).toBe(
    `**${orderId}** is cancelled. What was done for it is undone.`,
  );
  expect(await reserved()).toEqual([{ units_in_stock: 5 }]);
  expect(textOf(await say(`cancel ${orderId}`))).toBe(
    `${orderId} has ended (cancelled) and cannot be cancelled any more. Nothing was changed.`,
  );
  const fresh = [++planted, ++planted].map((n) => ({ id: `CNF-${n}`, sku: `S${n}` }));
  for (const { id, sku } of fresh) await backend.plant(backend.ada, { id, lines: [{ sku, qty: 1, stock: 5 }] });
  const [one, two] = fresh.map(({ id }) => id);
  expect(textOf(await say(`cancel ${one}`))).toBe(`${one} has not been started. Nothing was changed.`);
  expect(textOf(await say(`go ahead with ${one} and ${two}`))).toContain(`**${one}**, **${two}** are begun.`);
  expect(
    await backend.rows("select 1 from flightdeck.orders where id = any($1) and status = 'new'", [[one, two]]),
  ).toEqual([]);
  expect(textOf(await say(`go ahead with ${one} and ${two}`))).toContain("None of these orders is new.");
});

test("a look into another system is a tool call with its result, and one that fails is a result with a status", async () => {
  const say = (content: string) =>
    backend.run(backend.ada, { threadId: newId("thr"), messages: [{ id: newId("msg"), role: "user", content }] });
  const resultOf = ({ events }: Run) => {
    const result = events.find(({ type }) => type === EventType.TOOL_CALL_RESULT) as { content?: string } | undefined;
    return JSON.parse(result?.content ?? "null");
  };
  const orderId = `CNF-${++planted}`;
  await backend.plant(backend.ada, { id: orderId, lines: [{ sku: "GRIP-7", qty: 1, stock: 5 }] });
  const found = await say("Do you have any products like GRIP-7?");
  expect(resultOf(found)).toEqual({
    status: "ok",
    products: [{ sku: "GRIP-7", name: "Product GRIP-7", unitPriceMinor: 1_000, available: 5 }],
  });
  // Beside a page the question is a message with the id of its approval, and the conversation is free to go on.
  const threadId = newId("thr");
  const run = await backend.run(backend.ada, { threadId, forwardedProps: { orderId, questions: "page" } });
  expect(run.last.outcome?.type).toBe("success");
  const activity = run.events.find(({ type }) => type === EventType.ACTIVITY_SNAPSHOT);
  const [asked] = await backend.rows("select id from flightdeck.approvals where subject = $1", [orderId]);
  expect(activity).toMatchObject({ content: { approvalId: asked?.id, subject: orderId } });
  const tracked = await say(`Where is the shipment of ${orderId}?`);
  expect(resultOf(tracked)).toMatchObject({ status: "ok", shipment: { status: "booked" } });
  const unknown = await backend.request(backend.ada, "POST", "/actions/get_shipment_status", { reference: "nobody's" });
  expect(await unknown.json()).toEqual({ status: "ok", shipment: null });
});

test("the checkpoints of one tenant are out of reach of another's connection", async () => {
  await waiting(backend.ada);
  const client = await backend.database.pool.connect();
  const count = async (tenant: string) => {
    await client.query("begin");
    await client.query(
      "select set_config('role', 'flightdeck_runner', true), set_config('flightdeck.tenant', $1, true)",
      [tenant],
    );
    const { rows } = await client.query("select count(*)::int as n from langgraph.checkpoint_blobs");
    await client.query("rollback");
    return rows[0]?.n;
  };
  try {
    expect(await count(backend.ada.tenantId)).toBeGreaterThan(0);
    expect(await count(backend.gus.tenantId)).toBe(0);
    expect(await count("")).toBe(0);
    await expect(client.query("select 1 from langgraph.checkpoints")).rejects.toMatchObject({ code: "42501" });
  } finally {
    client.release();
  }
});

test("a question that nobody answers in time ends the order", async () => {
  await backend.setPolicy(backend.ada, { answerWithinHours: 24 });
  const { orderId, threadId, interruptId } = await waiting();
  await backend.setPolicy(backend.ada, {});
  const over = "now() - interval '1 second'";
  await backend.rows(`update flightdeck.approvals set expires_at = ${over} where id = $1`, [interruptId]);
  const late = await backend.run(backend.ada, { threadId, resume: resolved(interruptId, retry) });
  expect(late.last).toMatchObject({ code: "interrupt_expired" });
  // The sweeper looks when the question was to expire.
  await backend.rows(`update flightdeck.graph_threads set lease_expires_at = ${over} where subject = $1`, [orderId]);
  await backend.executor.sweep();
  const orderRow = async () =>
    (await backend.rows("select status, note from flightdeck.orders where id = $1", [orderId]))[0];
  const cancelled = { status: "cancelled", note: "Cancelled by expiry: Nobody decided in time." };
  await expect.poll(orderRow, { timeout: 30_000 }).toEqual(cancelled);
});

test("orders for the same goods at once never take more than there is", async () => {
  await backend.setPolicy(backend.gus, { automatic: true, shipping: "whole", shortage: "reject" });
  const ids = Array.from({ length: 8 }, (_, i) => `RACE-${i}`);
  for (const id of ids) await backend.plant(backend.gus, { id, lines: [{ sku: "RACE", qty: 2, stock: 7 }] });
  const runs = await Promise.all(
    ids.map((orderId) => backend.run(backend.gus, { threadId: newId("thr"), forwardedProps: { orderId } })),
  );
  expect(runs.filter(({ state }) => state.outcome === "fulfilled")).toHaveLength(3);
  expect(runs.filter(({ state }) => state.outcome === "cancelled")).toHaveLength(5);
  const [row] = await backend.rows("select units_in_stock as units from flightdeck.products where sku = 'RACE'");
  expect(row).toEqual({ units: 1 });
});
