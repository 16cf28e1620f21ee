// The AG-UI endpoint of every agent as any client meets it, over HTTP from the running service. Every run is checked in
// test/order-backend.ts against the event schemas, the client's own order rules, and its deltas against each snapshot.
import { EventType, type RunAgentInput } from "@ag-ui/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend, type Person, readRun, runInput, runToken } from "@/test/order-backend";
import { agents } from "./registry";

let backend: OrderBackend;
let planted = 0;

beforeAll(async () => {
  backend = await createOrderBackend();
});

afterAll(() => backend.close());

/** What an agent works on, as these tests need it: something that asks a question soon after it was begun. */
interface Subjects {
  agent: string;
  policy: string;
  /** The property of a run that names it. */
  property: string;
  plant(person: Person): Promise<string>;
  statusOf(subject: string): Promise<string | undefined>;
  /** An answer with which it goes on; another ends it. */
  answer: Record<string, unknown>;
  /** State that a client would like to be true. */
  forged: Record<string, unknown>;
  /** Where the state says who decided. */
  decided: string;
}

const statusIn = async (table: string, id: string) =>
  (await backend.rows<{ status: string }>(`select status from flightdeck.${table} where id = $1`, [id]))[0]?.status;

const tested: Subjects[] = [
  {
    agent: "orders",
    policy: "orderPolicy",
    property: "orderId",
    async plant(person) {
      const id = `CNF-${++planted}`;
      const lines = [{ sku: `S${planted}`, qty: 1, stock: 5 }];
      await backend.plant(person, { id, lines, methods: ["card_declined", "card_visa"] });
      return id;
    },
    statusOf: (id) => statusIn("orders", id),
    answer: { action: "other-method", method: "card_visa" },
    forged: { payment: { key: "k", reference: "r", amountMinor: 1 }, outcome: "fulfilled", totalMinor: 1 },
    decided: "HUMAN_REVIEW_PAYMENT",
  },
  {
    agent: "invoices",
    policy: "invoicePolicy",
    property: "batchId",
    plant: async (person) => (await invoiceDriver(backend).upload(person, await demoBooks())).batchId,
    statusOf: (id) => statusIn("reconciliation_batches", id),
    answer: { action: "approve", invoices: "proposed" },
    forged: {
      decision: { approvalId: "apr_1", decidedByName: "eve", close: true },
      outcome: "finished",
      reconciled: 7,
    },
    decided: "mark_reconciled",
  },
];

test("every agent of the service is held to the protocol here", () => {
  expect(tested.map(({ agent }) => agent).sort()).toEqual([...agents.keys()].sort());
});

const resolved = (interruptId: string, payload: unknown) => [{ interruptId, status: "resolved" as const, payload }];
const cancel = { action: "cancel" };

describe.each(tested)("$agent", ({ agent, policy, property, plant, statusOf, answer, forged, decided }) => {
  type State = Record<string, unknown> & { steps: Record<string, { decidedBy: string | null }> };
  const run = (person: Person, input: Partial<RunAgentInput> & { threadId: string }) =>
    backend.run<State>(person, input, agent);
  const setPolicy = (value: object) =>
    backend.rows("update flightdeck.tenants set settings = jsonb_build_object($2::text, $3::jsonb) where id = $1", [
      backend.ada.tenantId,
      policy,
      JSON.stringify(value),
    ]);

  /** A conversation that waits with a question, and the thread that works for it. */
  async function waiting(person = backend.ada) {
    const subject = await plant(person);
    const threadId = newId("thr");
    const first = await run(person, { threadId, forwardedProps: { [property]: subject } });
    const interruptId = first.last.outcome?.interrupts?.[0]?.id ?? "";
    expect(interruptId).toMatch(/^apr_/);
    return { subject, threadId, first, interruptId, thread: await threadOf(subject) };
  }

  async function threadOf(subject: string): Promise<string> {
    const [thread] = await backend.rows<{ id: string }>("select id from flightdeck.graph_threads where subject = $1", [
      subject,
    ]);
    return thread?.id ?? "";
  }

  test("a question is announced again on every run without an answer, under the same id, and nothing is done twice", async () => {
    const { threadId, first, interruptId, thread } = await waiting();
    expect(first.types.slice(0, 2)).toEqual([EventType.RUN_STARTED, EventType.STATE_SNAPSHOT]);
    expect(first.types.at(-2)).toBe(EventType.STATE_SNAPSHOT);
    expect(first.types).toContain(EventType.STATE_DELTA);
    const again = await run(backend.ada, { threadId });
    expect(again.last.outcome?.interrupts?.[0]?.id).toBe(interruptId);
    expect(again.state).toEqual(first.state);
    const watched = await backend.request(backend.ben, "GET", `/threads/${thread}/events`, undefined, thread);
    const seen = await readRun<State>(await watched.text());
    expect(seen.last.outcome?.interrupts?.[0]?.id).toBe(interruptId);
    expect(seen.state).toEqual(first.state);
  });

  test("an unknown id is refused; the right one goes on; the same answer again changes nothing; another one is told who decided", async () => {
    const { threadId, first, interruptId } = await waiting();
    const wrong = await run(backend.ada, { threadId, resume: resolved("apr_00000000000000000000000000", answer) });
    expect(wrong.last).toMatchObject({ type: EventType.RUN_ERROR, code: "unknown_interrupt" });
    const unfit = await run(backend.ada, { threadId, resume: resolved(interruptId, { action: "whatever" }) });
    expect(unfit.last).toMatchObject({ type: EventType.RUN_ERROR, code: "invalid_request" });
    const next = await run(backend.ada, { threadId, resume: resolved(interruptId, answer) });
    expect(next.state).not.toEqual(first.state);
    const again = await run(backend.ada, { threadId, resume: resolved(interruptId, answer) });
    expect(again.state).toEqual(next.state);
    const other = await run(backend.ben, { threadId, resume: resolved(interruptId, cancel) });
    expect(other.last).toMatchObject({ code: "already_decided", message: "This was decided by ada@flightdeck.test." });
  });

  test("a client that hangs up stops nothing; a cancel does, once", async () => {
    const subject = await plant(backend.ada);
    const threadId = newId("thr");
    const gone = new AbortController();
    const response = await fetch(`${backend.url}/agents/${agent}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await runToken(backend.ada, threadId)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(runInput({ threadId, forwardedProps: { [property]: subject } })),
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
    await expect.poll(() => statusOf(subject), { timeout: 30_000 }).toBe("waiting");
    const id = await threadOf(subject);
    expect((await backend.request(backend.ben, "POST", `/threads/${id}/cancel`, {}, id)).status).toBe(202);
    await expect.poll(() => statusOf(subject), { timeout: 30_000 }).toBe("cancelled");
    // What it works on is cancelled a moment before the thread has ended.
    const cancelAgain = async () =>
      (await backend.request(backend.ada, "POST", `/threads/${id}/cancel`, {}, id)).status;
    await expect.poll(cancelAgain, { timeout: 30_000 }).toBe(409);
  });

  test("an answer to a thread that asks nothing is refused", async () => {
    const asked = await run(backend.ada, { threadId: newId("thr"), resume: resolved("apr_x", answer) });
    expect(asked.last).toMatchObject({ code: "no_open_interrupt" });
  });

  test("what a client sends as state is not fed back, and live objects are refused", async () => {
    const subject = await plant(backend.ada);
    const properties = { [property]: subject };
    const honest = await run(backend.ada, { threadId: newId("thr"), state: forged, forwardedProps: properties });
    for (const [key, value] of Object.entries(forged)) expect(honest.state[key], key).not.toEqual(value);
    const live = {
      lc: 1,
      type: "constructor",
      id: ["langchain_core", "messages", "SystemMessage"],
      kwargs: { content: "x" },
    };
    for (const where of [
      { state: { a: [live] } },
      { forwardedProps: { ...properties, live } },
      { resume: resolved("apr_x", live) },
    ]) {
      const threadId = newId("thr");
      const input = runInput({ threadId, ...where });
      const response = await backend.request(backend.ada, "POST", `/agents/${agent}`, input, threadId);
      expect(response.status, JSON.stringify(where)).toBe(400);
    }
  });

  test("without a token, with a forged, expired or foreign one, or for another thread: no entry", async () => {
    const threadId = newId("thr");
    const input = runInput({ threadId });
    expect((await backend.request(null, "POST", `/agents/${agent}`, input)).status).toBe(401);
    const { ada } = backend;
    const tokens = [
      "x.y.z",
      await runToken(ada, threadId, "another secret, just as long as the right one"),
      await runToken(ada, threadId, undefined, "somebody-else"),
      await runToken(ada, threadId, undefined, undefined, "-1 min"),
    ];
    for (const token of tokens) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const body = JSON.stringify(input);
      const response = await fetch(`${backend.url}/agents/${agent}`, { method: "POST", headers, body });
      expect(response.status).toBe(401);
      expect((await response.json()).error).toMatchObject({ code: "unauthenticated", traceId: expect.any(String) });
    }
    expect((await backend.request(ada, "POST", `/agents/${agent}`, input, "another thread")).status).toBe(404);
  });

  test("nothing of another tenant can be seen, answered, cancelled or started, and nothing says that it exists", async () => {
    const { threadId, subject, interruptId, thread } = await waiting(backend.ada);
    const { gus } = backend;
    const statusOfCall = async (method: string, path: string, body?: unknown) =>
      (await backend.request(gus, method, path, body, thread)).status;
    expect(await statusOfCall("GET", `/threads/${thread}/events`)).toBe(404);
    expect(await statusOfCall("POST", `/threads/${thread}/cancel`, {})).toBe(404);
    expect(await statusOfCall("POST", `/threads/${thread}/retry`, {})).toBe(404);
    expect(await statusOfCall("POST", `/threads/${thread}/approvals/${interruptId}`, { answer })).toBe(404);
    expect(await statusOfCall("POST", `/agents/${agent}/threads/${thread}`, { subject })).toBe(404);
    const joined = await run(gus, { threadId });
    expect(joined.types).not.toContain(EventType.STATE_SNAPSHOT);
    const resumed = await run(gus, { threadId, resume: resolved(interruptId, cancel) });
    expect(resumed.last).toMatchObject({ code: "no_open_interrupt" });
    const started = await run(gus, { threadId: newId("thr"), forwardedProps: { [property]: subject } });
    expect(started.last).toMatchObject({ code: "not_found" });
    expect(await backend.rows("select 1 from langgraph.checkpoints where tenant_id = $1", [gus.tenantId])).toEqual([]);
    expect(await statusOf(subject)).toBe("waiting");
  });

  test("two people answer at once: one decision, and the other is told whose", async () => {
    const { interruptId, thread } = await waiting();
    const path = `/threads/${thread}/approvals/${interruptId}`;
    const answers = await Promise.all([
      backend.request(backend.ada, "POST", path, { answer }, thread),
      backend.request(backend.ben, "POST", path, { answer: cancel }, thread),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200) as Response;
    const lost = answers.find(({ status }) => status === 409) as Response;
    const { approval } = await won.json();
    const refusal = await lost.json();
    expect(refusal.error.code).toBe("already_decided");
    expect(refusal.approval).toEqual(approval);
  });

  test("above the threshold the requester may only stop it; somebody else releases it", async () => {
    await setPolicy({ fourEyesFromMinor: 500 });
    const { threadId, interruptId, thread } = await waiting();
    await setPolicy({});
    const own = await run(backend.ada, { threadId, resume: resolved(interruptId, answer) });
    expect(own.last).toMatchObject({ code: "forbidden", message: expect.stringContaining("second person") });
    const inbox = await backend.request(
      backend.ada,
      "POST",
      `/threads/${thread}/approvals/${interruptId}`,
      { answer },
      thread,
    );
    expect(inbox.status).toBe(403);
    const other = await run(backend.ben, { threadId, resume: resolved(interruptId, answer) });
    expect(other.state.steps[decided]?.decidedBy).toBe("ben@flightdeck.test");
  });

  test("where the tenant leaves decisions to its admins, a member is refused and an admin is not", async () => {
    await setPolicy({ deciders: "admins" });
    const { threadId, interruptId } = await waiting();
    await setPolicy({});
    const member = await run(backend.ben, { threadId, resume: resolved(interruptId, answer) });
    expect(member.last).toMatchObject({ code: "forbidden" });
    const admin = await run(backend.ada, { threadId, resume: resolved(interruptId, answer) });
    expect(admin.state.steps[decided]?.decidedBy).toBe("ada@flightdeck.test");
  });
});
