import { EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { INVOICE_STATUSES, type ReviewProposal } from "@/contract/invoices";
import { demoBooks, invoiceDriver, uploadBody } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";

let backend: OrderBackend;
let drive: ReturnType<typeof invoiceDriver>;

beforeAll(async () => {
  backend = await createOrderBackend();
  drive = invoiceDriver(backend);
  await backend.rows(
    "insert into flightdeck.suppliers (tenant_id, id, name, email) values ($1, 'S-1', 'Kessler Servo Systems AG', 'accounts@kessler-servo.test'), ($1, 'S-2', 'Varga Precision Kft', 'invoices@varga.test')",
    [backend.ada.tenantId],
  );
});

afterAll(() => backend.close());

async function waiting() {
  const { batchId, counts } = await drive.upload(backend.ada, await demoBooks());
  return { batchId, counts, ...(await drive.begin(backend.ada, batchId)) };
}

async function setPolicy(policy: object) {
  await backend.rows(
    "update flightdeck.tenants set settings = jsonb_build_object('invoicePolicy', $2::jsonb) where id = $1",
    [backend.ada.tenantId, JSON.stringify(policy)],
  );
}

test("a batch is matched, counted and drafted, then waits: nothing is marked or sent before somebody approves it", async () => {
  const { batchId, counts, first } = await waiting();
  expect(first.steps).toEqual([
    "ingest_docs",
    "match_invoices",
    "detect_anomalies",
    "draft_emails",
    "ask_review",
    "review",
  ]);
  expect(first.last.outcome?.interrupts?.[0]).toMatchObject({ reason: "invoices.review" });
  const { state } = first;
  expect(state.counts).toEqual(counts);
  expect(new Set(state.totals.map(({ status }) => status))).toEqual(new Set(INVOICE_STATUSES));
  expect(state.totals.reduce((sum, { count }) => sum + count, 0)).toBe(counts.invoices);
  expect(state.proposed.count).toBeGreaterThan(20);
  expect(state.reconciled).toBe(0);
  expect(state.steps.review.state).toBe("waiting");
  expect(JSON.stringify(state).length).toBeLessThan(8_000);
  const results = await drive.results(batchId);
  expect(results).toHaveLength(counts.invoices);
  expect(results.every(({ by }) => by === null)).toBe(true);
  const drafts = await drive.drafts(batchId);
  expect(drafts.map(({ supplier }) => supplier)).toContain("Kessler Servo Systems AG");
  expect(drafts.find(({ supplier }) => supplier === "Varga Precision Kft.")?.to).toBe("invoices@varga.test");
  expect(await drive.sentMails()).toEqual([]);
  expect(await drive.batch(batchId)).toMatchObject({ status: "waiting", step: "review" });
  const [shown] = await backend.rows("select agent, subject, proposal from flightdeck.approvals where subject = $1", [
    batchId,
  ]);
  expect(shown).toMatchObject({ agent: "invoices", proposal: { invoices: state.proposed.count } });
});

test("what is approved is marked once with an audit entry, the rest is asked about again, and closing ends it", async () => {
  const { batchId, conversation, first } = await waiting();
  const results = await drive.results(batchId);
  const partial = results.find(({ status }) => status === "partial_payment");
  const unpaid = results.find(({ status }) => status === "unpaid");
  const refused = await drive.answer(backend.ada, conversation, first, {
    action: "approve",
    invoices: [unpaid?.row ?? 0],
  });
  expect(refused.last).toMatchObject({ type: EventType.RUN_ERROR, code: "invalid_request" });
  const foreign = await drive.answer(backend.ada, conversation, first, { action: "approve", invoices: [999_999] });
  expect(foreign.last).toMatchObject({ code: "invalid_request" });

  const one = await drive.answer(backend.ben, conversation, first, {
    action: "approve",
    invoices: [partial?.row ?? 0],
  });
  expect(one.steps).toEqual(["review", "mark_reconciled", "send_emails", "ask_review", "review"]);
  expect(one.state).toMatchObject({ reconciled: 1, round: 1, outcome: null });
  expect(one.state.steps.mark_reconciled).toMatchObject({ state: "done", decidedBy: "ben@flightdeck.test" });
  expect(one.state.steps.send_emails).toMatchObject({ state: "skipped", note: "No letter was wanted." });
  const replayed = await drive.answer(backend.ben, conversation, first, {
    action: "approve",
    invoices: [partial?.row ?? 0],
  });
  expect(replayed.state.reconciled).toBe(1);

  const all = await drive.answer(backend.ada, conversation, one, {
    action: "approve",
    invoices: "proposed",
    close: true,
  });
  expect(all.state.outcome).toBe("finished");
  expect(all.last.outcome?.type).toBe("success");
  const after = await drive.results(batchId);
  const marked = after.filter(({ by }) => by !== null);
  expect(marked.map(({ row }) => row)).toEqual(
    results.filter(({ row, proposed }) => proposed || row === partial?.row).map(({ row }) => row),
  );
  expect(await drive.batch(batchId)).toMatchObject({ status: "finished" });
  const audit = await backend.rows<{ user: string; rows: number[] }>(
    `select user_id as user, detail->'rows' as rows from flightdeck.audit_log where target = $1 and action = 'invoice.reconcile' order by created_at`,
    [batchId],
  );
  expect(audit.map(({ user, rows }) => [user, rows.length])).toEqual([
    ["ben", 1],
    ["ada", marked.length - 1],
  ]);
  expect(await drive.sentMails()).toEqual([]);
});

test("the open question says what is there to be decided, also after marks, matches and letters were changed", async () => {
  const { batchId, conversation, first, threadId } = await waiting();
  const question = async () => {
    const [open] = await backend.rows<{ message: string; amount: string; fourEyes: boolean; proposal: ReviewProposal }>(
      `select message, amount_minor as amount, four_eyes as "fourEyes", proposal from flightdeck.approvals
       where thread_id = $1 and status = 'pending'`,
      [threadId],
    );
    expect(open?.message).toBe((await drive.batch(batchId)).note);
    expect(Number(open?.amount)).toBe(open?.proposal.amountMinor);
    return { ...open?.proposal, fourEyes: open?.fourEyes, message: open?.message };
  };
  const asked = await question();
  const proposed = (await drive.results(batchId)).filter((one) => one.proposed);
  const rows = proposed.slice(0, 2).map(({ row }) => row);
  await drive.answer(backend.ada, conversation, first, { action: "approve", invoices: rows });
  expect((await question()).invoices).toBe(proposed.length - 2);
  const path = (rest: string) => `/batches/${batchId}/${rest}`;
  // Marks that are taken back are there to be made again, and count for the second pair of eyes.
  await setPolicy({ fourEyesFromMinor: 1 });
  expect((await drive.post(backend.ada, path("unmark"), { rows })).status).toBe(200);
  await setPolicy({});
  expect(await question()).toEqual({ ...asked, fourEyes: true });

  const edited = await drive.post(backend.ada, path(`invoices/${rows[0]}/match`), { transactionRows: [] });
  expect((await question()).invoices).toBe(proposed.length - 1);
  const { editId } = await edited.json();
  expect((await drive.post(backend.ada, path(`edits/${editId}/undo`), {})).status).toBe(200);
  expect((await question()).invoices).toBe(proposed.length);

  const drafts = await drive.drafts(batchId);
  const [left] = drafts.filter(({ to }) => to !== "");
  const nowhere = drafts.find(({ to }) => to === "");
  await drive.post(backend.ada, path(`drafts/${left?.id}/skip`), {});
  expect((await question()).letters).toBe((asked.letters ?? 0) - 1);
  await drive.post(backend.ada, path(`drafts/${left?.id}/restore`), {});
  const words = { to: "office@there.test", subject: "Two invoices", body: "Please call us." };
  await drive.post(backend.ada, path(`drafts/${nowhere?.id}`), words);
  expect(await question()).toMatchObject({
    letters: (asked.letters ?? 0) + 1,
    withoutAddress: (asked.withoutAddress ?? 0) - 1,
  });
});

test("a letter goes out as it was edited, once; one without an address or left out does not", async () => {
  const { batchId, conversation, first } = await waiting();
  const before = (await drive.sentMails()).length;
  const drafts = await drive.drafts(batchId);
  const ready = drafts.filter(({ to }) => to !== "");
  const [edited, skipped] = ready;
  const nowhere = drafts.find(({ to }) => to === "");
  if (!edited || !skipped || !nowhere) throw new Error("the demo has too few letters");
  const letter = (id: string, verb = "") => `/batches/${batchId}/drafts/${id}${verb}`;
  const words = { to: edited.to, subject: "About two invoices", body: "Please call us." };
  expect((await drive.post(backend.ben, letter(edited.id), words)).status).toBe(200);
  expect((await drive.post(backend.ben, letter(edited.id), { ...words, to: "nobody" })).status).toBe(422);
  expect((await drive.post(backend.ada, letter(skipped.id, "/skip"), {})).status).toBe(200);
  for (const id of [nowhere.id, skipped.id]) {
    const refused = await drive.answer(backend.ada, conversation, first, { action: "approve", letters: [id] });
    expect(refused.last).toMatchObject({ code: "invalid_request" });
  }
  const sent = await drive.answer(backend.ada, conversation, first, { action: "approve", letters: "ready" });
  expect(sent.state.drafts).toMatchObject({ sent: ready.length - 1, skipped: 1 });
  const mails = (await drive.sentMails()).slice(before);
  expect(mails).toHaveLength(ready.length - 1);
  expect(mails.map(({ request }) => request)).toContainEqual(words);
  expect(new Set(mails.map(({ key }) => key)).size).toBe(mails.length);
  const late = await drive.post(backend.ada, letter(edited.id), words);
  expect([late.status, (await late.json()).error.code]).toEqual([409, "letter_sent"]);
  const again = await drive.answer(backend.ada, conversation, sent, { action: "approve", letters: "ready" });
  expect(again.state.drafts.sent).toBe(ready.length - 1);
  expect((await drive.sentMails()).slice(before)).toHaveLength(ready.length - 1);
});

test("cancelled: nothing is marked, the batch is closed, and may be begun again", async () => {
  const { batchId, conversation, first } = await waiting();
  const end = await drive.answer(backend.ada, conversation, first, { action: "cancel", reason: "Wrong month" });
  expect(end.state).toMatchObject({ outcome: "cancelled", reconciled: 0 });
  expect(await drive.batch(batchId)).toMatchObject({
    status: "cancelled",
    note: expect.stringContaining("Wrong month"),
  });
  const again = await drive.begin(backend.ada, batchId);
  expect(again.first.last.outcome?.interrupts).toHaveLength(1);
  expect(await drive.drafts(batchId)).toHaveLength(first.state.drafts.ready);
});

test("a question that nobody answers in time closes the batch", async () => {
  await setPolicy({ answerWithinHours: 24, fourEyesFromMinor: 100 });
  const { batchId, conversation, first, threadId } = await waiting();
  await setPolicy({});
  const own = await drive.answer(backend.ada, conversation, first, { action: "approve", invoices: "proposed" });
  expect(own.last).toMatchObject({ code: "forbidden" });
  await backend.rows("update flightdeck.approvals set expires_at = now() - interval '1 second' where thread_id = $1", [
    threadId,
  ]);
  const late = await drive.answer(backend.ben, conversation, first, { action: "approve", invoices: "proposed" });
  expect(late.last).toMatchObject({ code: "interrupt_expired" });
  // The sweeper looks when the question was to expire, which is now.
  await backend.rows("update flightdeck.graph_threads set lease_expires_at = now() where id = $1", [threadId]);
  await backend.executor.sweep();
  await expect.poll(async () => (await drive.batch(batchId))?.status, { timeout: 15_000 }).toBe("cancelled");
  expect(await drive.batch(batchId)).toMatchObject({ note: expect.stringContaining("in time") });
});

test("a pause that was asked for holds the run at its next step, and resuming goes on from there", async () => {
  const { batchId } = await drive.upload(backend.ada, await demoBooks());
  await backend.rows(
    "create function flightdeck.pause_now() returns trigger language plpgsql as $$ begin new.stop_requested_by := 'ben'; return new; end $$",
  );
  // Asked for the moment the batch begins to be matched, so that no clock decides what this test sees.
  await backend.rows(
    "create trigger pause_now before update on flightdeck.reconciliation_batches for each row when (new.step = 'match_invoices' and old.step = 'ingest_docs') execute function flightdeck.pause_now()",
  );
  const { first, threadId } = await drive.begin(backend.ada, batchId);
  await backend.rows("drop trigger pause_now on flightdeck.reconciliation_batches");
  expect(first.last).toMatchObject({ code: "stopped" });
  expect(await drive.batch(batchId)).toMatchObject({ status: "stopped", step: "match_invoices" });
  const resume = await drive.post(backend.ben, `/batches/${batchId}/resume`, {}, threadId);
  expect(resume.status).toBe(202);
  await backend.executor.run(backend.ada.tenantId, threadId);
  expect(await drive.batch(batchId)).toMatchObject({ status: "waiting" });
  const refused = await drive.post(backend.ada, `/batches/${batchId}/stop`, {}, threadId);
  expect([refused.status, (await refused.json()).error.code]).toEqual([409, "not_running"]);
});

test("cancelled while it is matched, a batch asks nobody, marks nothing, and may be begun again", async () => {
  const { batchId } = await drive.upload(backend.ada, await demoBooks());
  // Asked for the moment the batch begins to be matched, so that no clock decides what this test sees.
  await backend.rows(
    `create function flightdeck.cancel_now() returns trigger language plpgsql security definer as $$ begin
       update flightdeck.graph_threads set cancel_requested_by = 'ben', cancel_requested_at = now() where id = new.thread_id;
       return new; end $$`,
  );
  await backend.rows(
    "create trigger cancel_now before update on flightdeck.reconciliation_batches for each row when (new.step = 'match_invoices' and old.step = 'ingest_docs') execute function flightdeck.cancel_now()",
  );
  const { first, threadId } = await drive.begin(backend.ada, batchId);
  await backend.rows("drop trigger cancel_now on flightdeck.reconciliation_batches");
  expect(first.last).toMatchObject({ type: EventType.RUN_FINISHED, outcome: { type: "success" } });
  expect(first.state).toMatchObject({ outcome: "cancelled", cancelled: { by: "ben" }, reconciled: 0, question: null });
  expect(first.steps).not.toContain("ask_review");
  expect(await drive.batch(batchId)).toMatchObject({ status: "cancelled", note: "Cancelled by ben." });
  expect(await backend.rows("select 1 from flightdeck.approvals where thread_id = $1", [threadId])).toEqual([]);
  const again = await drive.begin(backend.ada, batchId);
  expect(again.first.last.outcome?.interrupts).toHaveLength(1);
});

test("rows that cannot be read are kept by number and column, and a file that is no table is refused by name", async () => {
  const books = await demoBooks();
  const invoices = `${Buffer.from(books.invoices as Uint8Array).toString()}X-1,Somebody,2026-09-01,,PO-1,EUR,twelve,0\n`;
  const { batchId, counts } = await drive.upload(backend.ada, { ...books, invoices });
  expect(counts.refused).toBe(1);
  const [refused] = await backend.rows(
    'select file, "column", value from flightdeck.refused_rows where batch_id = $1',
    [batchId],
  );
  expect(refused).toEqual({ file: "invoices", column: "total", value: "twelve" });
  const wrong = await drive.post(backend.ada, "/books", uploadBody({ ...books, bank: "a,b\n1,2\n" }));
  expect(wrong.status).toBe(422);
  expect(Object.keys((await wrong.json()).fields)).toEqual(["bank_transactions"]);
  expect((await drive.post(backend.ada, "/books", { files: {} })).status).toBe(422);
});

test("nothing of another tenant's batch can be begun, paused, edited, unmarked or written", async () => {
  const { batchId, threadId } = await waiting();
  const [draft] = await drive.drafts(batchId);
  const { gus } = backend;
  const tries: [string, unknown][] = [
    [`/batches/${batchId}/stop`, {}],
    [`/batches/${batchId}/resume`, {}],
    [`/batches/${batchId}/unmark`, { rows: [2] }],
    [`/batches/${batchId}/invoices/2/match`, { transactionRows: [] }],
    [`/batches/${batchId}/edits/edt_1/undo`, {}],
    [`/batches/${batchId}/drafts/${draft?.id}`, { to: "", subject: "x", body: "y" }],
    [`/batches/${batchId}/drafts/${draft?.id}/skip`, {}],
    [`/agents/invoices/threads/${threadId}`, { subject: batchId }],
    ["/books/own", {}],
  ];
  for (const [path, body] of tries) expect((await drive.post(gus, path, body, threadId)).status, path).toBe(404);
});

test("a match is edited by hand and undone, a payment moves, and what is marked is not touched", async () => {
  const { batchId, conversation, first } = await waiting();
  const results = await drive.results(batchId);
  const unpaid = results.find(({ status }) => status === "unpaid");
  const paid = results.find(({ status, payments }) => status === "matched" && payments?.length === 1);
  const row = unpaid?.row ?? 0;
  const [payment] = paid?.payments ?? [];
  const edit = async (invoice: number, body: object) => {
    const response = await drive.post(backend.ben, `/batches/${batchId}/invoices/${invoice}/match`, body);
    return { status: response.status, body: await response.json() };
  };
  expect(await edit(row, { transactionRows: [99_999] })).toMatchObject({ status: 422 });
  expect(await edit(row, { transactionRows: [], poNumber: "PO-0" })).toMatchObject({ status: 422 });
  const moved = await edit(row, { transactionRows: [payment], note: "They said so" });
  expect(moved.status).toBe(201);
  const after = await drive.results(batchId);
  expect(after.find((one) => one.row === row)).toMatchObject({ payments: [payment], confidence: 1 });
  expect(after.find((one) => one.row === row)?.status).not.toBe("unpaid");
  expect(after.find((one) => one.row === paid?.row)).toMatchObject({
    status: "unpaid",
    payments: null,
    proposed: false,
  });
  const second = await edit(row, { transactionRows: [] });
  const undo = async (id: string) => {
    const response = await drive.post(backend.ada, `/batches/${batchId}/edits/${id}/undo`, {});
    return [response.status, (await response.json()).error?.code];
  };
  expect(await undo(moved.body.editId)).toEqual([409, "later_edit"]);
  expect(await undo(second.body.editId)).toEqual([200, undefined]);
  expect(await undo(moved.body.editId)).toEqual([200, undefined]);
  expect(await undo(moved.body.editId)).toEqual([404, "not_found"]);
  expect(await drive.results(batchId)).toEqual(results);

  await drive.answer(backend.ada, conversation, first, { action: "approve", invoices: [paid?.row ?? 0] });
  expect((await edit(row, { transactionRows: [payment] })).body.error.code).toBe("reconciled");
  const unmarked = await drive.post(backend.ben, `/batches/${batchId}/unmark`, { rows: [paid?.row] });
  expect(await unmarked.json()).toEqual({ unmarked: 1 });
  expect((await edit(row, { transactionRows: [payment] })).status).toBe(201);
});
