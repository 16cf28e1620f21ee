import { EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { orderStateSchema } from "@/contract/orders";
import { newId } from "@/db/ids";
import { createOrderBackend, type OrderBackend, type Run } from "@/test/order-backend";

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend();
});

afterAll(() => backend.close());

const start = (orderId: string, threadId = newId("thr")) =>
  backend.run(backend.ada, { threadId, forwardedProps: { orderId } });
const question = (run: Run) => {
  const [interrupt] = run.last.outcome?.interrupts ?? [];
  if (!interrupt) throw new Error(`no question: ${JSON.stringify(run.last)}`);
  return interrupt;
};
const answer = (threadId: string, run: Run, payload: unknown, person = backend.ada) =>
  backend.run(person, { threadId, resume: [{ interruptId: question(run).id, status: "resolved", payload }] });
const ledger = (orderId: string) =>
  backend
    .rows<{ entry: string }>(
      `select l.system || '.' || l.operation as entry from flightdeck.sandbox_ledger l
      join flightdeck.graph_threads t on l.idempotency_key like t.id || ':%' where t.subject = $1 order by l.created_at`,
      [orderId],
    )
    .then((rows) => rows.map(({ entry }) => entry));
const stockOf = async (sku: string) =>
  (
    await backend.rows<{ units: number }>("select units_in_stock as units from flightdeck.products where sku = $1", [
      sku,
    ])
  )[0]?.units;
const orderRow = async (id: string) =>
  (
    await backend.rows<{ status: string; note: string }>("select status, note from flightdeck.orders where id = $1", [
      id,
    ])
  )[0];

test("an order that lacks nothing goes through once its letter is released, as it was edited", async () => {
  await backend.plant(backend.ada, { id: "ORD-1", lines: [{ sku: "A1", qty: 2, stock: 5 }] });
  const threadId = newId("thr");
  const first = await start("ORD-1", threadId);
  expect(first.steps).toEqual([
    "INTAKE_ORDER",
    "CHECK_INVENTORY",
    "RESERVE_STOCK",
    "PAYMENT_AUTH",
    "CREATE_SHIPMENT",
    "DRAFT_NOTICE",
    "REVIEW_NOTICE",
  ]);
  expect(first.types).toContain(EventType.TOOL_CALL_RESULT);
  expect(question(first).reason).toBe("order.notice");
  expect(orderStateSchema.parse(first.state).notice?.body).toContain("2 × Product A1");
  expect(await orderRow("ORD-1")).toMatchObject({ status: "waiting" });

  const body = "Dear customer, it is on its way. We added a sticker.";
  const second = await answer(threadId, first, { action: "send", subject: "On its way", body });
  expect(second.last.outcome?.type).toBe("success");
  expect(second.steps).toEqual(["REVIEW_NOTICE", "NOTIFY_CUSTOMER", "FINALIZE_ORDER"]);
  const state = orderStateSchema.parse(second.state);
  expect(state.outcome).toBe("fulfilled");
  expect(state.steps.NOTIFY_CUSTOMER).toMatchObject({ state: "done", decidedBy: "ada@flightdeck.test" });
  expect(state.steps.HUMAN_REVIEW.state).toBe("skipped");
  expect(state.steps.PAYMENT_AUTH.entries[0]).toMatchObject({ outcome: "ok", amountMinor: 2_000 });
  expect(await stockOf("A1")).toBe(3);
  expect(await ledger("ORD-1")).toEqual(["stock.reserve", "payment.authorize", "carrier.book", "mail.send"]);
  const [mail] = await backend.rows<{ request: { body: string } }>(
    "select request from flightdeck.sandbox_ledger where system = 'mail'",
  );
  expect(mail?.request.body).toBe(body);
});

test("missing goods: a person adjusts one line and replaces another, and what was decided is what ships", async () => {
  await backend.plant(backend.ada, {
    id: "ORD-2",
    lines: [
      { sku: "B1", qty: 4, stock: 1 },
      { sku: "B2", qty: 1, stock: 0 },
      { sku: "B3", qty: 1, stock: 9 },
    ],
  });
  const threadId = newId("thr");
  const first = await start("ORD-2", threadId);
  expect(question(first)).toMatchObject({ reason: "order.stock" });
  expect(first.state.steps.HUMAN_REVIEW.state).toBe("waiting");

  const halfAnswer = { action: "resolve", lines: [{ lineNo: 1, action: "adjust", qty: 1 }] };
  expect((await answer(threadId, first, halfAnswer)).last).toMatchObject({ code: "invalid_request" });
  const lines = [
    { lineNo: 1, action: "adjust", qty: 1 },
    { lineNo: 2, action: "substitute", sku: "B3" },
  ];
  const second = await answer(threadId, first, { action: "resolve", lines });
  expect(question(second).reason).toBe("order.notice");
  expect(second.state.lines.map(({ sku, qty }) => `${qty} ${sku}`)).toEqual(["1 B1", "1 B3", "1 B3"]);
  const third = await answer(threadId, second, { action: "skip" });
  expect(third.state).toMatchObject({ outcome: "fulfilled", notice: { state: "skipped" } });
  expect([await stockOf("B1"), await stockOf("B2"), await stockOf("B3")]).toEqual([0, 0, 7]);
  expect(await ledger("ORD-2")).toEqual(["stock.reserve", "payment.authorize", "carrier.book"]);
});

test("everything back-ordered: nothing is charged or shipped, and the customer is told", async () => {
  await backend.plant(backend.ada, { id: "ORD-3", lines: [{ sku: "C1", qty: 2, stock: 0 }] });
  const threadId = newId("thr");
  const first = await start("ORD-3", threadId);
  const second = await answer(threadId, first, { action: "resolve", lines: [{ lineNo: 1, action: "back-order" }] });
  expect(second.state.notice?.subject).toContain("delayed");
  const { subject, body } = second.state.notice ?? { subject: "", body: "" };
  const third = await answer(threadId, second, { action: "send", subject, body });
  expect(third.state.outcome).toBe("back_ordered");
  expect(await ledger("ORD-3")).toEqual(["mail.send"]);
});

test("a declined card: retried in vain, then paid by the other method", async () => {
  await backend.plant(backend.ada, {
    id: "ORD-4",
    lines: [{ sku: "D1", qty: 1, stock: 5 }],
    methods: ["card_declined", "invoice_30_days"],
  });
  const threadId = newId("thr");
  const first = await start("ORD-4", threadId);
  expect(question(first)).toMatchObject({ reason: "order.payment" });
  expect(first.state.steps.PAYMENT_AUTH).toMatchObject({
    state: "failed",
    note: expect.stringContaining("insufficient funds"),
  });
  const second = await answer(threadId, first, { action: "retry" });
  expect(question(second).id).not.toBe(question(first).id);
  const unknown = await answer(threadId, second, { action: "other-method", method: "card_of_somebody" });
  expect(unknown.last).toMatchObject({ code: "invalid_request" });
  const third = await answer(threadId, second, { action: "other-method", method: "invoice_30_days" });
  expect(third.state.payment).not.toBeNull();
  expect(third.state.steps.PAYMENT_AUTH.attempts).toBe(3);
  expect(await ledger("ORD-4")).toEqual([
    "stock.reserve",
    "payment.authorize",
    "payment.authorize",
    "payment.authorize",
    "carrier.book",
  ]);
});

test("an answer that was lost is looked up by its key and not repeated", async () => {
  await backend.plant(backend.ada, {
    id: "ORD-5",
    lines: [{ sku: "E1", qty: 1, stock: 5 }],
    methods: ["card_timeout"],
    address: "9 Timeout Street",
  });
  const run = await start("ORD-5");
  expect(question(run).reason).toBe("order.notice");
  expect(await ledger("ORD-5")).toEqual(["stock.reserve", "payment.authorize", "carrier.book"]);
});

test("cancelling at the letter undoes shipment, payment and stock, in this order", async () => {
  await backend.plant(backend.ada, { id: "ORD-6", lines: [{ sku: "F1", qty: 3, stock: 5 }] });
  const threadId = newId("thr");
  const first = await start("ORD-6", threadId);
  expect(await stockOf("F1")).toBe(2);
  const second = await answer(threadId, first, { action: "cancel", reason: "The customer called." });
  expect(second.state).toMatchObject({ outcome: "cancelled", shipment: null, payment: null, reservation: null });
  expect(second.state.steps.PAYMENT_AUTH.state).toBe("compensated");
  expect(await stockOf("F1")).toBe(5);
  expect((await ledger("ORD-6")).slice(3)).toEqual(["carrier.cancel", "payment.void", "stock.release"]);
  expect(await orderRow("ORD-6")).toMatchObject({
    status: "cancelled",
    note: expect.stringContaining("The customer called."),
  });
  const again = await start("ORD-6");
  expect(again.state.steps.CREATE_SHIPMENT.state).toBe("done");
});

test("an explicit cancel of a waiting order answers its question and undoes what was done", async () => {
  await backend.plant(backend.ada, {
    id: "ORD-7",
    lines: [{ sku: "G1", qty: 1, stock: 1 }],
    methods: ["card_declined"],
  });
  await start("ORD-7");
  const [thread] = await backend.rows<{ id: string }>(
    "select id from flightdeck.graph_threads where subject = 'ORD-7'",
  );
  const id = thread?.id ?? "";
  const response = await backend.request(backend.ben, "POST", `/threads/${id}/cancel`, {}, id);
  expect(response.status).toBe(202);
  await backend.executor.run(backend.ada.tenantId, id);
  expect(await orderRow("ORD-7")).toMatchObject({ status: "cancelled", note: "Cancelled by ben@flightdeck.test" });
  expect(await stockOf("G1")).toBe(1);
  const late = await backend.request(backend.ben, "POST", `/threads/${id}/cancel`, {}, id);
  expect(late.status).toBe(409);
  expect(
    (await backend.rows("select 1 from flightdeck.approvals where subject = 'ORD-7' and status = 'pending'")).length,
  ).toBe(0);
});

test("a carrier that refuses stops the order; it can be cancelled from there, and stock and payment come back", async () => {
  await backend.plant(backend.ada, {
    id: "ORD-8",
    lines: [{ sku: "H1", qty: 1, stock: 1 }],
    address: "Unreachable Island 1",
  });
  const run = await start("ORD-8");
  expect(run.last).toMatchObject({ type: EventType.RUN_ERROR, code: "carrier_refused" });
  expect(await orderRow("ORD-8")).toMatchObject({
    status: "failed",
    note: expect.stringContaining("does not deliver"),
  });
  const [thread] = await backend.rows<{ id: string }>(
    "select id from flightdeck.graph_threads where subject = 'ORD-8'",
  );
  const id = thread?.id ?? "";
  expect((await backend.request(backend.ada, "POST", `/threads/${id}/retry`, {}, id)).status).toBe(202);
  await backend.executor.run(backend.ada.tenantId, id);
  expect(await orderRow("ORD-8")).toMatchObject({ status: "failed" });
  await backend.request(backend.ada, "POST", `/threads/${id}/cancel`, {}, id);
  await backend.executor.run(backend.ada.tenantId, id);
  expect(await orderRow("ORD-8")).toMatchObject({ status: "cancelled" });
  expect(await ledger("ORD-8")).toEqual(["stock.reserve", "payment.authorize", "payment.void", "stock.release"]);
  expect(await stockOf("H1")).toBe(1);
});

test("with automatic decisions nobody is asked: the policy back-orders, and tries the next payment method", async () => {
  await backend.setPolicy(backend.gus, { automatic: true, shipping: "lines", shortage: "back-order" });
  await backend.plant(backend.gus, {
    id: "ORD-9",
    lines: [{ sku: "J1", qty: 5, stock: 2 }],
    methods: ["card_declined", "card_visa"],
  });
  const run = await backend.run(backend.gus, { threadId: newId("thr"), forwardedProps: { orderId: "ORD-9" } });
  expect(run.last.outcome?.type).toBe("success");
  expect(run.state).toMatchObject({ outcome: "fulfilled", paymentMethod: "card_visa", totalMinor: 2_000 });
  expect(run.state.lines[0]).toMatchObject({ qty: 2, backOrderedQty: 3 });
  expect(await orderRow("ORD-9")).toMatchObject({ note: "Shipped; 3 units follow" });
});
