import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  process.env.FLIGHTDECK_RUNS_PER_MINUTE = "20";
  process.env.OPENAI_API_KEY = "unused";
  process.env.OPENAI_MODEL = "common";
  process.env.OPENAI_MODELS = "large,secret";
  return free;
});

import { changeSettings } from "@/lib/settings/change-settings";
import { createThread } from "@/lib/threads/create-thread";
import { setBudget } from "@/lib/usage/budgets";
import { settleSpend, WHOLE_TENANT } from "@/lib/usage/ledger";
import { clearOfMidnight } from "@/test/clear-of-midnight";
import {
  call,
  errorOf,
  eventsOf,
  holdAnswers,
  inputFor,
  node,
  post,
  ran,
  startCopilotNode,
  stopCopilotNode,
  threadOf,
} from "@/test/copilot-node";

beforeAll(() => startCopilotNode(port));
afterAll(stopCopilotNode);
beforeEach(() => node.database.pool.query("delete from flightdeck.rate_limits"));

test("a run may choose among the models that the tenant allows, and any other choice is refused before it begins", async () => {
  const admin = { tenantId: node.tenants.acme, userId: node.users.ada, role: "admin" } as const;
  await changeSettings(admin, { allowedModels: ["common", "large"] });
  const run = async (forwardedProps: unknown) => {
    const threadId = await threadOf("ada", "acme", "admin");
    return post("/agent/knowledge/run", "ada", { ...inputFor(threadId), forwardedProps }, { tenant: "acme" });
  };
  await eventsOf(await run({ model: "large" }));
  expect(ran.at(-1)?.forwardedProps).toMatchObject({ model: "large" });
  await eventsOf(await run({}));
  expect(ran.at(-1)?.forwardedProps).toEqual({ model: "common" });
  const runs = ran.length;
  for (const model of ["secret", "gpt-unknown", { id: "large" }]) {
    const refused = await run({ model });
    expect(refused.status).toBe(403);
    expect(await errorOf(refused)).toMatchObject({ code: "model_not_allowed" });
  }
  // A tenant that allows other models than those first, is served by the first that it allows.
  await changeSettings(admin, { allowedModels: ["large"] });
  await eventsOf(await run(null));
  expect(ran.at(-1)?.forwardedProps).toEqual({ model: "large" });
  expect(ran).toHaveLength(runs + 1);
});

test("a tenant that has spent its allowance is refused before anything is stored, and a soft limit brings the cheaper model", async () => {
  const admin = { tenantId: node.tenants.globex, userId: node.users.gus, role: "admin" } as const;
  await clearOfMidnight();
  const limit = (softUsd: number | null, hardUsd: number | null) =>
    setBudget(admin, { subject: WHOLE_TENANT, period: "day", softUsd, hardUsd });
  await settleSpend(node.database.doors, null, {
    ...{ tenantId: admin.tenantId, userId: admin.userId, threadId: "thr_0", runId: "run_0", agent: "knowledge" },
    ...{ provider: "openai", model: "common", inputTokens: 1, outputTokens: 1, cachedTokens: 0, reasoningTokens: 0 },
    costMicroUsd: 500_000,
    measured: true,
  });
  const threadId = await threadOf("gus", "globex", "admin");
  const run = async () => post("/agent/knowledge/run", "gus", inputFor(threadId), { tenant: "globex" });
  await limit(null, 0.5);
  const refused = await run();
  expect(refused.status).toBe(402);
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(await errorOf(refused)).toMatchObject({
    code: "budget_exhausted",
    message: expect.stringContaining("allowance for today is used up"),
  });
  const replay = await eventsOf(
    await post("/agent/knowledge/connect", "gus", inputFor(threadId), { tenant: "globex" }),
  );
  expect(JSON.stringify(replay)).not.toContain("hello");

  await limit(0.5, 1);
  await eventsOf(await run());
  expect(ran.at(-1)?.forwardedProps).toEqual({ model: "common" });
  await changeSettings(admin, { cheaperModel: "large" });
  await eventsOf(await run());
  expect(ran.at(-1)?.forwardedProps).toEqual({ model: "large" });
  await changeSettings(admin, { cheaperModel: "not-offered-any-more" });
  await eventsOf(await run());
  expect(ran.at(-1)?.forwardedProps).toEqual({ model: "common" });
  await limit(null, null);
});

test("a tenant has as many runs going as it may and no more, however many are asked for at once", async () => {
  const admin = { tenantId: node.tenants.acme, userId: node.users.ada, role: "admin" } as const;
  await changeSettings(admin, { allowedModels: null, runsAtOnce: 3, memberRunsAtOnce: 2 });
  const threads = await Promise.all(Array.from({ length: 8 }, () => threadOf("ben", "acme")));
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  holdAnswers(promise);
  const answers = await Promise.all(
    threads.map((thread) => post("/agent/knowledge/run", "ben", inputFor(thread), { tenant: "acme" })),
  );
  const going = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 429);
  expect([going.length, refused.length]).toEqual([2, 6]);
  const { code, message, retryAfterMs } = await errorOf(refused[0] as Response);
  expect({ code, message }).toEqual({
    code: "rate_limited",
    message: "You have as many answers going as may go at once. Try again in a moment.",
  });
  expect(retryAfterMs).toBeGreaterThan(0);
  // A colleague has what is left of the tenant's.
  const [first, second] = [await threadOf("ada", "acme", "admin"), await threadOf("ada", "acme", "admin")];
  going.push(await post("/agent/knowledge/run", "ada", inputFor(first), { tenant: "acme" }));
  expect(going.at(-1)?.status).toBe(200);
  const full = await post("/agent/knowledge/run", "ada", inputFor(second), { tenant: "acme" });
  expect(await errorOf(full)).toMatchObject({ message: expect.stringMatching(/^This workspace has as many/) });
  letGo();
  for (const answer of going) await eventsOf(answer);
  expect((await post("/agent/knowledge/run", "ben", inputFor(threads[7]), { tenant: "acme" })).status).toBe(200);

  await changeSettings(admin, { runsAtOnce: null, memberRunsAtOnce: null, runsPerMinute: 1 });
  const statuses: number[] = [];
  for (let i = 0; i < 2; i++) {
    const answer = await post("/agent/knowledge/run", "ada", inputFor(first, `again ${i}`), { tenant: "acme" });
    statuses.push(answer.status);
    if (answer.ok) await eventsOf(answer);
  }
  expect(statuses).toEqual([200, 429]);
  await changeSettings(admin, { runsPerMinute: null });
});

test("runs are limited for each user, and reading is not held up by it", async () => {
  const threadId = await threadOf("ben", "acme");
  const statuses: number[] = [];
  for (let i = 0; i < 22; i++) {
    const answer = await post("/agent/knowledge/run", "ben", { ...inputFor(threadId), messages: "bad" });
    statuses.push(answer.status);
    if (answer.status === 429)
      expect(await errorOf(answer)).toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
  }
  expect(statuses.slice(20)).toEqual([429, 429]);
  // A good one is looked at while it is counted, and nothing of it stays.
  const called = ran.length;
  expect((await post("/agent/knowledge/run", "ben", inputFor(threadId))).status).toBe(429);
  expect(await eventsOf(await post("/agent/knowledge/connect", "ben", inputFor(threadId)))).toEqual([]);
  expect(ran).toHaveLength(called);
  expect((await call("/info", { as: "ben" })).status).toBe(200);
});

test("an administrator names the failure of a run, a member cannot, and nobody by writing it into the body", async () => {
  const run = async (as: "ada" | "ben", scenario: string | null, forwardedProps: unknown = {}) => {
    const threadId = await threadOf(as, "acme", as === "ada" ? "admin" : "member");
    const headers: Record<string, string> = scenario === null ? {} : { "x-scenario": scenario };
    return post("/agent/knowledge/run", as, { ...inputFor(threadId), forwardedProps }, { tenant: "acme", headers });
  };
  await eventsOf(await run("ada", "network.text"));
  expect(ran.at(-1)?.forwardedProps).toMatchObject({ scenario: "network.text" });
  const before = ran.length;
  expect((await run("ben", "network.text")).status).toBe(403);
  const unknown = await run("ada", "earthquake");
  expect(unknown.status).toBe(422);
  expect(await errorOf(unknown)).toMatchObject({ code: "invalid_request", fields: { "x-scenario": "is unknown" } });
  const ruled = await createThread({ tenantId: node.tenants.acme, userId: node.users.ada, role: "admin" }, "ruled");
  const unbreakable = await post("/agent/ruled/run", "ada", inputFor(ruled.id), {
    tenant: "acme",
    headers: { "x-scenario": "network.text" },
  });
  expect(unbreakable.status).toBe(422);
  expect(await errorOf(unbreakable)).toMatchObject({ message: "This assistant asks no model that could fail." });
  expect(ran).toHaveLength(before);
  for (const as of ["ada", "ben"] as const) {
    await eventsOf(await run(as, null, { scenario: "network.text", other: 1 }));
    expect(ran.at(-1)?.forwardedProps).toEqual({ other: 1, model: expect.any(String) });
  }
});
