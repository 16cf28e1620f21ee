// The web's side of a decision, with a real agent backend at its other end.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/db/ids";
import { getPool } from "@/db/pool";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend, type Person, RUN_TOKEN_SECRET } from "@/test/order-backend";
import { decideApproval } from "./decide-approval";
import { getApproval, listApprovals, mayDecide } from "./list-approvals";

let backend: OrderBackend;
let ada: RequestIdentity;
let ben: RequestIdentity;
let gus: RequestIdentity;

beforeAll(async () => {
  backend = await createOrderBackend();
  vi.stubEnv("FLIGHTDECK_DATABASE_URL", backend.database.url);
  vi.stubEnv("AGENT_BACKEND_URL", backend.url);
  vi.stubEnv("RUN_TOKEN_SECRET", RUN_TOKEN_SECRET);
  const identity = (person: Person): RequestIdentity => ({
    ...person,
    email: `${person.userId}@flightdeck.test`,
    tenantSlug: "a",
    tenantName: "A",
  });
  [ada, ben, gus] = [identity(backend.ada), identity(backend.ben), identity(backend.gus)];
});

afterAll(async () => {
  await getPool().end();
  vi.unstubAllEnvs();
  await backend.close();
});

/** An order that waits with its letter. */
async function waiting(orderId: string): Promise<string> {
  await backend.plant(backend.ada, { id: orderId, lines: [{ sku: orderId, qty: 1, stock: 5 }] });
  const run = await backend.run(backend.ada, { threadId: newId("thr"), forwardedProps: { orderId } });
  return run.last.outcome?.interrupts?.[0]?.id ?? "";
}
const subjects = async (who: RequestIdentity, open: boolean) =>
  (await listApprovals(who, { open, limit: 50 })).map(({ subject }) => subject);

test("the inbox has what waits in every thread and agent, the oldest first, and afterwards who decided what and when", async () => {
  const id = await waiting("INB-1");
  const drive = invoiceDriver(backend);
  const { batchId } = await drive.upload(backend.ada, await demoBooks());
  await drive.begin(backend.ada, batchId);
  await waiting("INB-2");
  expect(await subjects(ben, true)).toEqual(["INB-1", batchId, "INB-2"]);
  expect(await subjects(gus, true)).toEqual([]);

  const askedAt = Date.now();
  const letter = { action: "send", subject: "On its way", body: "With a sticker." };
  await decideApproval(ben, id, letter);
  expect(await subjects(ben, true)).not.toContain("INB-1");
  const [latest] = await listApprovals(ada, { open: false, limit: 1 });
  expect(latest).toMatchObject({
    id,
    subject: "INB-1",
    status: "decided",
    answer: letter,
    decidedBy: "ben@flightdeck.test",
    requestedBy: "ada",
  });
  expect(latest?.proposal).not.toMatchObject({ body: letter.body });
  expect(Math.abs(Date.parse(latest?.decidedAt ?? "") - askedAt)).toBeLessThan(60_000);
  const audited = await backend.rows(
    "select user_id as user, action, detail from flightdeck.audit_log where target = $1",
    [id],
  );
  const detail = { subject: "INB-1", reason: "order.notice", action: "send" };
  expect(audited).toEqual([{ user: "ben", action: "approval.decide", detail }]);
});

test("who comes second is told who decided, and finds that decision; the same answer again is no error", async () => {
  const id = await waiting("INB-3");
  const outcomes = await Promise.allSettled([
    decideApproval(ada, id, { action: "skip" }),
    decideApproval(ben, id, { action: "cancel", reason: "by phone" }),
  ]);
  const lost = outcomes.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const decided = await getApproval(ben, id);
  expect(lost.reason).toMatchObject({
    code: "already_decided",
    status: 409,
    message: `This was decided by ${decided?.decidedBy}.`,
  });
  const winner = decided?.decidedBy === "ada@flightdeck.test" ? ada : ben;
  await decideApproval(winner, id, decided?.answer ?? {});
  expect(await getApproval(ben, id)).toEqual(decided);
});

test("an answer that does not fit is refused by field, and a question that is not the tenant's is not there", async () => {
  const id = await waiting("INB-4");
  await expect(decideApproval(ben, id, { action: "send", subject: "", body: "x" })).rejects.toMatchObject({
    code: "invalid_request",
    fields: { subject: expect.any(String) },
  });
  for (const [who, which] of [
    [gus, id],
    [ben, newId("apr")],
  ] as const)
    await expect(decideApproval(who, which, { action: "skip" })).rejects.toMatchObject({ code: "not_found" });
  expect(await getApproval(ben, id)).toMatchObject({ status: "pending", decidedBy: null, decidedAt: null });
});

test("what a question says of its rules is what the agent backend keeps", async () => {
  await backend.setPolicy(backend.ada, { fourEyesFromMinor: 1, deciders: "admins", answerWithinHours: 1 });
  const id = await waiting("INB-5");
  await backend.setPolicy(backend.ada, {});
  const question = await getApproval(ben, id);
  if (!question) throw new Error("it was not asked");
  expect(Date.parse(question.expiresAt ?? "") - Date.now()).toBeGreaterThan(50 * 60_000);
  // Ada asked, and Ben is no admin.
  for (const who of [ada, ben]) {
    expect(mayDecide(question, who)).toBe(false);
    await expect(decideApproval(who, id, { action: "skip" })).rejects.toMatchObject({ code: "forbidden" });
  }
  const other: RequestIdentity = { ...ada, userId: "eve", email: "eve@flightdeck.test" };
  expect(mayDecide(question, other)).toBe(true);
  await backend.rows("update flightdeck.approvals set expires_at = now() where id = $1", [id]);
  await expect(decideApproval(other, id, { action: "skip" })).rejects.toMatchObject({ code: "interrupt_expired" });
});
