import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { limitsInputSchema, listBudgets, setLimits } from "./budgets";
import { EACH_MEMBER, settleSpend, WHOLE_TENANT } from "./ledger";
import { summariseUsage } from "./summary";

let database: TestDatabase;
let ada: TenantContext;
let ben: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const tenantId = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [
      { userId: "ada", email: "ada@acme.test", role: "admin" },
      { userId: "ben", email: "ben@acme.test", role: "member" },
    ],
  });
  ada = { tenantId, userId: "ada", role: "admin" };
  ben = { tenantId, userId: "ben", role: "member" };
  const call = (who: TenantContext, run: string, day: string, model: string, costMicroUsd: number | null) =>
    settleSpend(
      database.doors,
      null,
      {
        ...{ tenantId: who.tenantId, userId: who.userId, threadId: `thr_${run[0]}`, runId: `run_${run}` },
        ...{ agent: "knowledge", provider: "openai", model, costMicroUsd, measured: true },
        ...{ inputTokens: 100, outputTokens: 10, cachedTokens: 40, reasoningTokens: 5 },
      },
      new Date(`${day}T12:00:00Z`),
    );
  await call(ada, "a1", "2026-03-01", "gpt-4o", 1_000);
  await call(ada, "a2", "2026-03-02", "gpt-4o", 2_000);
  await call(ben, "b1", "2026-03-02", "llama-4", null);
  await call(ben, "b1", "2026-03-02", "gpt-4o", 500);
  await call(ben, "b1", "2026-03-04", "gpt-4o", 4_000);
});
afterAll(() => database.drop());

const march = { from: new Date("2026-03-01"), to: new Date("2026-03-04") };

test("use is summed by day, person, copilot and model, the dearest first, and what has no price is no zero", async () => {
  const { total, by } = await summariseUsage(ada, march, database.doors);
  expect(total).toEqual({
    ...{ calls: 4, inputTokens: 400, outputTokens: 40, cachedTokens: 160, reasoningTokens: 20 },
    ...{ costUsd: 0.0035, unpricedCalls: 1 },
  });
  const costs = (rows: { name: string; costUsd: number }[]) => rows.map(({ name, costUsd }) => [name, costUsd]);
  expect(costs(by.day)).toEqual([
    ["2026-03-01", 0.001],
    ["2026-03-02", 0.0025],
  ]);
  expect(costs(by.userId)).toEqual([
    ["ada", 0.003],
    ["ben", 0.0005],
  ]);
  expect(costs(by.agent)).toEqual([["knowledge", 0.0035]]);
  expect(by.model).toMatchObject([
    { name: "gpt-4o", calls: 3, unpricedCalls: 0 },
    { name: "llama-4", calls: 1, unpricedCalls: 1 },
  ]);
});

test("a member sees their own use alone, and a thread and a run have their own sums", async () => {
  const own = await summariseUsage(ben, march, database.doors);
  expect(own.by.userId.map(({ name }) => name)).toEqual(["ben"]);
  expect(own.total.calls).toBe(2);
  const costOf = async (filter: object) =>
    (await summariseUsage(ada, { ...march, ...filter }, database.doors)).total.costUsd;
  expect(await costOf({ threadId: "thr_a" })).toBe(0.003);
  expect(await costOf({ runId: "run_a2" })).toBe(0.002);
  expect(await costOf({ userId: "ben" })).toBe(0.0005);
  expect((await summariseUsage(ben, { ...march, threadId: "thr_a" }, database.doors)).total.calls).toBe(0);
});

test("limits are set for a day and a month at once, written down, and taken back with what they were", async () => {
  const { doors } = database;
  const none = { softUsd: null, hardUsd: null };
  const first = { subject: EACH_MEMBER, day: { softUsd: 1, hardUsd: 2 }, month: none };
  expect(await setLimits(ada, first, doors)).toEqual({ ...first, day: none });
  const second = { ...first, day: none, month: { softUsd: null, hardUsd: 30 } };
  expect(await setLimits(ada, second, doors)).toEqual(first);
  await setLimits(ada, first, doors);
  expect(await listBudgets(ben, new Date("2026-03-02T20:00:00Z"), doors)).toEqual([
    // Of the limit of each member everybody sees what they spent themselves.
    { subject: EACH_MEMBER, period: "day", softUsd: 1, hardUsd: 2, spentUsd: 0.0005 },
  ]);
  const rows = await doors.withTenant(ada, (tx) =>
    tx.select({ detail: auditLog.detail }).from(auditLog).where(eq(auditLog.action, "budget.set")),
  );
  expect(rows).toHaveLength(5);
  expect(rows).toContainEqual({ detail: { period: "day", before: none, after: { softUsd: 1, hardUsd: 2 } } });
});

test("limits are refused for strangers, by members, and with the name of the field", async () => {
  const limits = { subject: "zoe", day: { softUsd: null, hardUsd: 1 }, month: { softUsd: null, hardUsd: null } };
  await expect(setLimits(ada, limits, database.doors)).rejects.toMatchObject({ fields: { subject: "is no member" } });
  await expect(setLimits(ben, { ...limits, subject: WHOLE_TENANT }, database.doors)).rejects.toMatchObject({
    code: "forbidden",
  });
  const fieldOf = (change: object) => limitsInputSchema.safeParse({ ...limits, ...change }).error?.issues[0];
  expect(fieldOf({ day: { softUsd: 2, hardUsd: 1 } })?.path).toEqual(["day", "softUsd"]);
  expect(fieldOf({ month: { softUsd: null, hardUsd: Number.NaN } })).toMatchObject({
    path: ["month", "hardUsd"],
    message: "must be an amount",
  });
});
