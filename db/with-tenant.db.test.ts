import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/database";
import { newId } from "./ids";
import { runPrepared } from "./run-prepared";
import { memberships, threads } from "./schema";
import type { TenantContext } from "./with-tenant";

let database: TestDatabase;
let ada: TenantContext;
let gus: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase(1);
  const acme = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [{ userId: "ada", email: "ada@acme.test", role: "admin" }],
  });
  const globex = await database.provision({
    slug: "globex",
    name: "Globex",
    members: [{ userId: "gus", email: "gus@globex.test", role: "admin" }],
  });
  ada = { tenantId: acme, userId: "ada", role: "admin" };
  gus = { tenantId: globex, userId: "gus", role: "admin" };
});

afterAll(() => database.drop());

const thread = (context: TenantContext) => ({
  id: newId("thr"),
  tenantId: context.tenantId,
  userId: context.userId,
  agent: "knowledge",
});

test("a tenant reads its own rows and never another's, over one shared connection", async () => {
  const { withTenant } = database.doors;
  await withTenant(ada, (tx) => tx.insert(threads).values(thread(ada)));
  expect(await withTenant(ada, (tx) => tx.select().from(threads))).toHaveLength(1);
  expect(await withTenant(gus, (tx) => tx.select().from(threads))).toHaveLength(0);
  await expect(withTenant(gus, (tx) => tx.insert(threads).values(thread(ada)))).rejects.toMatchObject({
    cause: { code: "42501" },
  });
});

test("nothing is left on the connection after a transaction, committed or aborted", async () => {
  const { withTenant } = database.doors;
  await expect(withTenant(ada, (tx) => tx.execute("select 1/0"))).rejects.toThrow();
  await expect(database.pool.query("select * from flightdeck.threads")).rejects.toMatchObject({ code: "42501" });
  const { rows } = await database.pool.query(
    "select current_user as name, coalesce(current_setting('flightdeck.tenant', true), '') as tenant",
  );
  expect(rows[0]).toEqual({ name: "flightdeck_web", tenant: "" });
});

test("a commit that goes along with the last statement keeps all of the transaction, or nothing", async () => {
  const { withTenant } = database.doors;
  const [kept, undone] = [thread(ada), thread(ada)];
  const insert = ({ id, tenantId, userId, agent }: ReturnType<typeof thread>) =>
    sql`insert into flightdeck.threads (id, tenant_id, user_id, agent) values (${id}, ${tenantId}, ${userId}, ${agent})`;
  await withTenant(ada, async (tx, commitNow) => {
    const inserting = runPrepared(tx, insert(kept));
    commitNow();
    await inserting;
  });
  const failing = withTenant(ada, async (tx, commitNow) => {
    const sent = [runPrepared(tx, insert(undone)), runPrepared(tx, sql`select 1/0`)];
    commitNow();
    await Promise.all(sent);
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  const ids = (await withTenant(ada, (tx) => tx.select().from(threads))).map(({ id }) => id);
  expect(ids).toContain(kept.id);
  expect(ids).not.toContain(undone.id);
});

test("before a tenant is chosen a user sees own memberships only", async () => {
  expect(await database.doors.withUser("ada", (tx) => tx.select().from(memberships))).toHaveLength(1);
  expect(await database.doors.withUser("nobody", (tx) => tx.select().from(memberships))).toHaveLength(0);
});

test("a claim is a value whatever it holds, and work never starts without its claims", async () => {
  const { withUser } = database.doors;
  const all = "x', true); reset role; select set_config('flightdeck.user', 'ada";
  expect(await withUser(all, (tx) => tx.select().from(memberships))).toHaveLength(0);
  expect(await withUser("ada\\' --", (tx) => tx.select().from(memberships))).toHaveLength(0);
  let began = false;
  const begin = async () => {
    began = true;
  };
  await expect(withUser("ada\0", begin)).rejects.toThrow("NUL");
  expect(began).toBe(false);
  expect(await withUser("ada", (tx) => tx.select().from(memberships))).toHaveLength(1);
});
