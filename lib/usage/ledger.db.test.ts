import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPool } from "@/db/pool";
import { createDoors, type Doors, type TenantContext } from "@/db/with-tenant";
import { clearOfMidnight } from "@/test/clear-of-midnight";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { checkAllowance } from "./allowance";
import { budgetInputSchema, listBudgets, setBudget } from "./budgets";
import { EACH_MEMBER, reserveSpend, type SettledCall, settleSpend, WHOLE_TENANT } from "./ledger";
import { listUsage, usageCsv } from "./report";

let database: TestDatabase;
let tenants = 0;

beforeAll(async () => {
  database = await createTestDatabase(20);
});
afterAll(() => database.drop());
beforeEach(() => clearOfMidnight());

/** A tenant of its own for each test, with an admin and a member. */
async function newTenant() {
  const slug = `t${++tenants}`;
  const [admin, member] = [`${slug}-ada`, `${slug}-ben`];
  const tenantId = await database.provision({
    slug,
    name: slug,
    members: [
      { userId: admin, email: `a@${slug}.test`, role: "admin" },
      { userId: member, email: `b@${slug}.test`, role: "member" },
    ],
  });
  const ada: TenantContext = { tenantId, userId: admin, role: "admin" };
  const ben: TenantContext = { tenantId, userId: member, role: "member" };
  return { ada, ben };
}

const limit = (
  context: TenantContext,
  subject: string,
  period: "day" | "month",
  hardUsd: number,
  softUsd: number | null = null,
) => setBudget(context, budgetInputSchema.parse({ subject, period, softUsd, hardUsd }), database.doors);

const callBy = ({ tenantId, userId }: TenantContext, costMicroUsd: number | null): SettledCall => ({
  tenantId,
  userId,
  threadId: "thr_1",
  runId: "run_1",
  agent: "knowledge",
  provider: "openai",
  model: "gpt-4o",
  inputTokens: 100,
  outputTokens: 10,
  cachedTokens: 0,
  reasoningTokens: 0,
  costMicroUsd,
  measured: true,
});

async function spentOf(context: TenantContext, subject: string): Promise<number | null | undefined> {
  return (await listBudgets(context, undefined, database.doors)).find((budget) => budget.subject === subject)?.spentUsd;
}

/** One call as a run makes it: reserve the most it may cost, settle what it cost. */
async function spendOnce(
  doors: Doors,
  context: TenantContext,
  most: number,
  cost: number,
  now?: Date,
): Promise<boolean> {
  try {
    const { id } = await reserveSpend(doors, context, most, now);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
    await settleSpend(doors, id, callBy(context, cost), now);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "budget_exhausted" });
    return false;
  }
}

describe("a hard limit", () => {
  test("holds against a hundred calls at once from two nodes, and what is counted is exact", async () => {
    const { ada, ben } = await newTenant();
    await limit(ada, WHOLE_TENANT, "day", 0.5);
    const other = createPool(database.url, 10);
    const nodes = [database.doors, createDoors(() => other)];
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        spendOnce(nodes[i % 2] ?? database.doors, i % 3 === 0 ? ada : ben, 20_000, 10_000 + (i % 7) * 1_000),
      ),
    );
    const spent = Array.from({ length: 100 }, (_, i) => (made[i] ? 10_000 + (i % 7) * 1_000 : 0)).reduce(
      (a, b) => a + b,
    );
    expect(made.filter(Boolean).length).toBeGreaterThan(20);
    expect(spent).toBeLessThanOrEqual(500_000);
    expect(await spentOf(ada, WHOLE_TENANT)).toBeCloseTo(spent / 1_000_000, 9);
    const now = Date.now();
    const lines = await listUsage(
      ada,
      { from: new Date(now - 86_400_000), to: new Date(now + 86_400_000) },
      database.doors,
    );
    expect(lines.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeCloseTo(spent / 1_000_000, 9);
    await other.end();
  });

  test("is the same after a restart: what was spent before counts, to the last millionth", async () => {
    const { ada, ben } = await newTenant();
    await limit(ada, WHOLE_TENANT, "month", 0.05);
    const before = createPool(database.url, 4);
    const costs = [3_001, 4_002, 5_003, 6_004];
    await Promise.all(
      costs.map((cost, i) =>
        spendOnce(
          createDoors(() => before),
          i % 2 ? ada : ben,
          10_000,
          cost,
        ),
      ),
    );
    await before.end();

    const after = createPool(database.url, 2);
    const doors = createDoors(() => after);
    const left = 50_000 - costs.reduce((a, b) => a + b);
    expect(await spendOnce(doors, ben, left + 1, 1)).toBe(false);
    expect(await spendOnce(doors, ben, left, left)).toBe(true);
    await expect(checkAllowance(ada, doors)).rejects.toMatchObject({ code: "budget_exhausted" });
    expect(await spentOf(ada, WHOLE_TENANT)).toBe(0.05);
    await after.end();
  });

  test("of a member binds that member alone, and goes before the one for each member", async () => {
    const { ada, ben } = await newTenant();
    await limit(ada, EACH_MEMBER, "month", 0.01);
    await limit(ada, ada.userId, "month", 1);
    expect(await spendOnce(database.doors, ben, 20_000, 1)).toBe(false);
    expect(await spendOnce(database.doors, ada, 20_000, 1)).toBe(true);
    expect(await spendOnce(database.doors, ben, 10_000, 10_000)).toBe(true);
    expect(await spendOnce(database.doors, ben, 1, 1)).toBe(false);
  });

  test("of a day is free again the next day, while the month's still counts", async () => {
    const { ada } = await newTenant();
    await limit(ada, WHOLE_TENANT, "day", 0.01);
    await limit(ada, WHOLE_TENANT, "month", 0.015);
    const monday = new Date("2026-03-09T23:59:59Z");
    expect(await spendOnce(database.doors, ada, 10_000, 10_000, monday)).toBe(true);
    expect(await spendOnce(database.doors, ada, 1, 1, monday)).toBe(false);
    await expect(reserveSpend(database.doors, ada, 1, monday)).rejects.toMatchObject({
      retryAfterMs: 1_000,
      status: 402,
    });
    const tuesday = new Date("2026-03-10T00:00:00Z");
    expect(await spendOnce(database.doors, ada, 5_000, 5_000, tuesday)).toBe(true);
    expect(await spendOnce(database.doors, ada, 1, 1, new Date("2026-03-31T00:00:00Z"))).toBe(false);
    expect(await spendOnce(database.doors, ada, 1, 1, new Date("2026-04-01T00:00:00Z"))).toBe(true);
  });

  test("grants what is left of it, as long as that is enough to be of use", async () => {
    const { ada } = await newTenant();
    await limit(ada, WHOLE_TENANT, "day", 0.01);
    expect((await reserveSpend(database.doors, ada, 6_000)).grantedMicroUsd).toBe(6_000);
    await expect(reserveSpend(database.doors, ada, 6_000, undefined, 5_000)).rejects.toMatchObject({
      code: "budget_exhausted",
    });
    expect((await reserveSpend(database.doors, ada, 6_000, undefined, 1_000)).grantedMicroUsd).toBe(4_000);
    // What is held counts as spent, so that nothing more is even begun.
    await expect(checkAllowance(ada, database.doors)).rejects.toMatchObject({ code: "budget_exhausted", status: 402 });
  });

  test("is not held for ever by a process that died between reserving and settling", async () => {
    const { ada } = await newTenant();
    await limit(ada, WHOLE_TENANT, "day", 0.01);
    await reserveSpend(database.doors, ada, 10_000);
    expect(await spendOnce(database.doors, ada, 1, 1)).toBe(false);
    const administrator = new pg.Client({ connectionString: database.adminUrl });
    await administrator.connect();
    await administrator.query(
      "update flightdeck.spend_reservations set created_at = now() - interval '1 hour' where tenant_id = $1",
      [ada.tenantId],
    );
    await administrator.end();
    expect(await spendOnce(database.doors, ada, 10_000, 1)).toBe(true);
  });
});

test("a soft limit warns and refuses nothing", async () => {
  const { ada } = await newTenant();
  await limit(ada, WHOLE_TENANT, "day", 1, 0.01);
  expect((await reserveSpend(database.doors, ada, 5_000)).warnings).toEqual([]);
  expect((await reserveSpend(database.doors, ada, 6_000)).warnings).toEqual([
    { period: "day", scope: "tenant", spentMicroUsd: 5_000, softMicroUsd: 10_000 },
  ]);
  expect(await checkAllowance(ada, database.doors)).toEqual({ softPassed: true });
});

test("a call that was refused before it began costs nothing and is no row; one without a price is counted as such", async () => {
  const { ada } = await newTenant();
  const { id } = await reserveSpend(database.doors, ada, 0);
  await settleSpend(database.doors, id, { ...callBy(ada, 0), inputTokens: 0, outputTokens: 0 });
  await settleSpend(database.doors, null, callBy(ada, null));
  const to = new Date(Date.now() + 60_000);
  const lines = await listUsage(ada, { from: new Date(0), to }, database.doors);
  expect(lines).toMatchObject([{ calls: 1, inputTokens: 100, costUsd: 0, unpricedCalls: 1 }]);
  expect(usageCsv(lines).split("\r\n")[1]).toContain(`${ada.userId},knowledge,openai,gpt-4o,1,100,10`);
});

test("budgets are an admin's to set, and a member's to see as far as they bind them", async () => {
  const { ada, ben } = await newTenant();
  await expect(limit(ben, WHOLE_TENANT, "day", 1)).rejects.toMatchObject({ code: "forbidden" });
  await limit(ada, WHOLE_TENANT, "day", 1);
  await limit(ada, ada.userId, "day", 1);
  const subjects = async (context: TenantContext) =>
    (await listBudgets(context, undefined, database.doors)).map(({ subject }) => subject);
  expect(await subjects(ada)).toEqual([WHOLE_TENANT, ada.userId]);
  expect(await subjects(ben)).toEqual([WHOLE_TENANT]);
  await setBudget(ada, { subject: WHOLE_TENANT, period: "day", softUsd: null, hardUsd: null }, database.doors);
  expect(await subjects(ada)).toEqual([ada.userId]);
});

test("a limit that is none is refused with the name of its field", () => {
  const fieldOf = (input: object) => budgetInputSchema.safeParse(input).error?.issues[0]?.path;
  const valid = { subject: WHOLE_TENANT, period: "day", softUsd: null, hardUsd: 1 };
  expect(fieldOf({ ...valid, hardUsd: -1 })).toEqual(["hardUsd"]);
  expect(fieldOf({ ...valid, softUsd: 2 })).toEqual(["softUsd"]);
  expect(fieldOf({ ...valid, period: "year" })).toEqual(["period"]);
});
