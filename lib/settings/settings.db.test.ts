import { desc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { createDoors, type TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { changeSettings } from "./change-settings";
import { getSettings, getStoredSettings, settingsOf } from "./get-settings";

let database: TestDatabase;
let ada: TenantContext;
let ben: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const suggestions = [{ title: "A", message: "B" }];
  const tenantId = await database.provision({
    slug: "acme",
    name: "Acme",
    settings: { suggestions },
    members: [
      { userId: "ada", email: "ada@acme.test", role: "admin" },
      { userId: "ben", email: "ben@acme.test", role: "member" },
    ],
  });
  ada = { tenantId, userId: "ada", role: "admin" };
  ben = { tenantId, userId: "ben", role: "member" };
});
afterAll(() => database.drop());

const auditOf = () =>
  database.doors.withTenant(ada, (tx) =>
    tx.select({ target: auditLog.target, detail: auditLog.detail }).from(auditLog).orderBy(desc(auditLog.createdAt)),
  );

test("a change is written with who made it, leaves what it does not name alone, and can be taken back", async () => {
  const { doors } = database;
  const before = await changeSettings(ada, { compactAt: 0.5, answerCache: true, runsAtOnce: null }, doors);
  expect(before).toEqual({ compactAt: 0.7, answerCache: false });
  expect(await getSettings(ben, doors)).toMatchObject({ compactAt: 0.5, answerCache: true });
  expect((await getStoredSettings(ada, doors)).suggestions).toHaveLength(1);
  const rows = await auditOf();
  expect(rows).toHaveLength(2);
  expect(rows).toContainEqual({ target: "compactAt", detail: { before: 0.7, after: 0.5 } });

  await changeSettings(ada, before, doors);
  expect(await getSettings(ada, doors)).toMatchObject({ compactAt: 0.7, answerCache: false });
  expect(await auditOf()).toHaveLength(4);
  // The same again is no change.
  await changeSettings(ada, before, doors);
  expect(await auditOf()).toHaveLength(4);
});

test("two admins who change different settings at the same moment both keep theirs", async () => {
  const { doors } = database;
  const other = createDoors(() => database.pool);
  await Promise.all([
    changeSettings(ada, { documentsMax: 5 }, doors),
    changeSettings(ada, { priceOverrides: { offline: { input: 1, output: 2 } } }, other),
    changeSettings(ada, { cheaperModel: "small" }, doors),
  ]);
  expect(await getSettings(ada, doors)).toMatchObject({
    documentsMax: 5,
    cheaperModel: "small",
    priceOverrides: { offline: { input: 1, output: 2 } },
  });
});

test("a member changes nothing", async () => {
  await expect(changeSettings(ben, { answerCache: true }, database.doors)).rejects.toMatchObject({ code: "forbidden" });
});

test("what the engine reads is at most two seconds old, and new at once where it was changed", async () => {
  const { doors } = database;
  const settings = (nowMs: number) => settingsOf(ada.tenantId, doors, nowMs);
  const now = Date.now();
  expect((await settings(now)).runsAtOnce).toBeNull();
  await changeSettings(ada, { runsAtOnce: 3 }, doors);
  expect((await settings(now)).runsAtOnce).toBe(3);
  // As another node would change it.
  await database.doors.withTenant(ada, (tx) =>
    tx.execute("update flightdeck.tenants set settings = settings || '{\"runsAtOnce\": 4}'"),
  );
  expect((await settings(now + 1_999)).runsAtOnce).toBe(3);
  expect((await settings(now + 2_000)).runsAtOnce).toBe(4);
});
