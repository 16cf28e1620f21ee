import { EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markInvoiceResultSchema } from "@/contract/backend-actions";
import { newId } from "@/db/ids";
import { type BookTexts, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend, type Person } from "@/test/order-backend";

let backend: OrderBackend;
let drive: ReturnType<typeof invoiceDriver>;
let sets = 0;

beforeAll(async () => {
  backend = await createOrderBackend();
  drive = invoiceDriver(backend);
});

afterAll(() => backend.close());

/** Two paid invoices, one unpaid, and two of one number. */
function books(mark: string): BookTexts {
  const order = (n: number) => `PO-${mark}${n},Heron Glass,2026-03-01,EUR,1,PANE,Pane,10,${n}5.00\n`;
  const bill = (n: number, number = `HG-${mark}${n}`) =>
    `${number},Heron Glass,2026-03-05,2026-04-04,PO-${mark}${n},EUR,${(n * 10 + 5) * 11.9},${(n * 10 + 5) * 1.9}\n`;
  const pay = (n: number, reference: string) =>
    `TX-${mark}${n},2026-03-20,-${(n * 10 + 5) * 11.9},EUR,Heron Glass,${reference}\n`;
  return {
    purchaseOrders: `po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price\n${[1, 2, 3, 4, 5].map(order).join("")}`,
    invoices: `invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax\n${bill(1)}${bill(2)}${bill(3)}${bill(4, `HG-${mark}9`)}${bill(5, `HG-${mark}9`)}`,
    bank: `transaction_id,booking_date,amount,currency,counterparty,reference\n${pay(1, `HG-${mark}1`)}${pay(2, `HG-${mark}2`)}${pay(4, `PO-${mark}4`)}${pay(5, `PO-${mark}5`)}`,
  };
}

async function waiting() {
  const mark = String.fromCharCode(97 + sets++);
  const { batchId } = await drive.upload(backend.ada, books(mark));
  return { mark, batchId, ...(await drive.begin(backend.ada, batchId)) };
}

async function say(person: Person, content: string) {
  const run = await drive.run(person, {
    threadId: newId("thr"),
    messages: [{ id: newId("msg"), role: "user", content }],
  });
  const result = run.events.find(({ type }) => type === EventType.TOOL_CALL_RESULT) as { content?: string } | undefined;
  const words = run.events.flatMap((event) =>
    event.type === EventType.TEXT_MESSAGE_CONTENT ? [(event as { delta?: string }).delta] : [],
  );
  return {
    result: result ? markInvoiceResultSchema.parse(JSON.parse(result.content ?? "")) : null,
    text: words.join(""),
  };
}

const act = async (person: Person | null, input: unknown) => {
  const response = await backend.request(person, "POST", "/actions/mark_invoice_reconciled", input);
  return { status: response.status, body: await response.json() };
};
const marksOf = async (batchId: string) =>
  (await drive.results(batchId)).flatMap(({ number, by }) => (by === null ? [] : [`${number} ${by}`]));
const auditOf = (batchId: string) =>
  backend.rows(
    "select user_id as user, detail->'rows' as rows from flightdeck.audit_log where target = $1 and action = 'invoice.reconcile'",
    [batchId],
  );
const setPolicy = (policy: object) =>
  backend.rows(
    "update flightdeck.tenants set settings = jsonb_build_object('invoicePolicy', $2::jsonb) where id = $1",
    [backend.ada.tenantId, JSON.stringify(policy)],
  );

test("said in the chat, an invoice is marked as a decision of the open review, once, and the review asks again", async () => {
  const { mark, batchId, threadId } = await waiting();
  const first = await say(backend.ben, `Please mark hg-${mark}1 as reconciled`);
  expect(first.result).toMatchObject({
    status: "ok",
    outcome: "marked",
    markedBy: "ben@flightdeck.test",
    invoice: { number: `HG-${mark}1`, row: 2, totalMinor: 17_850, batchId },
  });
  expect(first.text).toContain(`**HG-${mark}1** (Heron Glass, 178.50 EUR) is marked as reconciled`);
  expect(await marksOf(batchId)).toEqual([`HG-${mark}1 ben@flightdeck.test`]);
  expect(await auditOf(batchId)).toEqual([{ user: "ben", rows: [2] }]);
  const approvals = await backend.rows(
    "select status, decided_by as by, decision->'answer' as answer from flightdeck.approvals where thread_id = $1 order by id",
    [threadId],
  );
  const answer = { action: "approve", invoices: [2], letters: [], close: false };
  expect(approvals).toEqual([
    { status: "decided", by: "ben", answer },
    { status: "pending", by: null, answer: null },
  ]);

  const again = await say(backend.ada, `mark HG-${mark}1 as reconciled`);
  expect(again.result).toMatchObject({ outcome: "already_marked", markedBy: "ben@flightdeck.test" });
  expect(await auditOf(batchId)).toHaveLength(1);
  expect(await drive.batch(batchId)).toMatchObject({ status: "waiting" });
});

test("what cannot be marked is refused with the reason, and nothing changes", async () => {
  const { mark, batchId } = await waiting();
  const refusals = {
    [`mark HG-${mark}3 as reconciled`]: "is unpaid",
    [`mark HG-${mark}9 as reconciled`]: "2 invoices have the number",
    "mark HG-XX77 as reconciled": "There is no invoice HG-XX77",
    [`mark HG-${mark}1 and HG-${mark}2 as reconciled`]: "one invoice at a time",
    "mark all invoices as reconciled": "one invoice at a time",
  };
  for (const [asked, told] of Object.entries(refusals)) expect((await say(backend.ben, asked)).text).toContain(told);
  const question = await say(backend.ben, `is HG-${mark}1 marked as reconciled?`);
  expect(question).toMatchObject({ result: null, text: expect.stringContaining("is matched") });
  expect(await marksOf(batchId)).toEqual([]);
  const row = await say(backend.ben, `mark HG-${mark}9 in row 6 as reconciled`);
  expect(row.result).toMatchObject({ outcome: "marked", invoice: { row: 6 } });
  expect(await marksOf(batchId)).toEqual([`HG-${mark}9 ben@flightdeck.test`]);
});

test("four eyes hold for a mark in words: who asked for the reconciliation may not, somebody else may", async () => {
  await setPolicy({ fourEyesFromMinor: 100 });
  const { mark, batchId } = await waiting();
  await setPolicy({});
  const own = await say(backend.ada, `mark HG-${mark}1 as reconciled`);
  expect(own.result).toMatchObject({ status: "refused", message: expect.stringContaining("second person") });
  expect(own.text).toMatch(/Nothing was changed\.$/);
  expect(await marksOf(batchId)).toEqual([]);
  const other = await say(backend.ben, `mark HG-${mark}1 as reconciled`);
  expect(other.result).toMatchObject({ outcome: "marked" });
});

test("two people who mark at once each get their invoice; the same one twice is marked once", async () => {
  const { mark, batchId } = await waiting();
  const both = await Promise.all([
    act(backend.ada, { invoice: `HG-${mark}1` }),
    act(backend.ben, { invoice: `HG-${mark}1` }),
    act(backend.ben, { invoice: `HG-${mark}2` }),
  ]);
  expect(both.map(({ body }) => body.status)).toEqual(["ok", "ok", "ok"]);
  expect((await marksOf(batchId)).map((one) => one.split(" ")[0])).toEqual([`HG-${mark}1`, `HG-${mark}2`]);
  expect((await auditOf(batchId)).length).toBe(2);
});

test("a closed set, another tenant's invoice, no token and a bad input change nothing", async () => {
  const { mark, batchId, conversation, first } = await waiting();
  expect((await act(null, { invoice: `HG-${mark}1` })).status).toBe(401);
  expect((await act(backend.ada, { invoice: "" })).status).toBe(422);
  const foreign = await act(backend.gus, { invoice: `HG-${mark}1` });
  expect(foreign.body).toMatchObject({ status: "refused", message: expect.stringContaining("There is no invoice") });
  await drive.answer(backend.ada, conversation, first, { action: "cancel", reason: "" });
  const closed = await act(backend.ada, { invoice: `HG-${mark}1` });
  expect(closed.body).toMatchObject({ status: "refused", message: expect.stringContaining("is closed") });
  expect(await marksOf(batchId)).toEqual([]);
});
