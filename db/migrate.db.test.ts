import { readdirSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmptyDatabase } from "@/test/database";
import { LANGGRAPH_SCHEMA } from "./langgraph";
import { type Migrated, migrateDatabase } from "./migrate";

const NODES = 4;
const written = readdirSync(new URL("./migrations", import.meta.url)).filter((file) => file.endsWith(".sql")).length;

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let booted: Migrated[];
let admin: pg.Client;

beforeAll(async () => {
  database = await createEmptyDatabase();
  booted = await Promise.all(Array.from({ length: NODES }, () => migrateDatabase(database.adminUrl)));
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const ask = async (query: string) => (await admin.query<Record<string, unknown>>(query)).rows;
const guards = () =>
  ask(`select tablename, policyname from pg_policies where schemaname = '${LANGGRAPH_SCHEMA}' order by 1`);

describe("migrateDatabase", () => {
  it("lets nodes that boot at the same moment migrate an empty database once", async () => {
    expect(new Set(booted.map(({ url }) => url)).size).toBe(1);
    expect(booted.every(({ migrated }) => migrated)).toBe(true);
    expect(await ask("select count(*)::int as count from flightdeck.migrations")).toEqual([{ count: written }]);
    expect(await guards()).toHaveLength(3);
  });

  it("gives them a login that owns nothing and cannot go round row-level security", async () => {
    const login = new pg.Client({ connectionString: booted[0]?.url });
    await login.connect();
    const { rows } = await login.query(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
      from pg_roles where rolname = current_user`);
    await login.end();
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 },
    ]);
  });

  it("takes a login that may not create roles for the operator's own, and migrates nothing", async () => {
    const url = booted[0]?.url ?? "";
    expect(await migrateDatabase(url)).toEqual({ url, migrated: false });
  });

  it("guards LangGraph's tables again only when they are not of its library's version", async () => {
    const policy = `policy tenant on ${LANGGRAPH_SCHEMA}.checkpoints`;
    await admin.query(`drop ${policy}`);
    await admin.query(`alter table ${LANGGRAPH_SCHEMA}.checkpoints drop column tenant_id`);
    await migrateDatabase(database.adminUrl);
    expect(await guards()).toHaveLength(2);
    await admin.query(`comment on schema ${LANGGRAPH_SCHEMA} is 'another version'`);
    await migrateDatabase(database.adminUrl);
    expect(await guards()).toHaveLength(3);
  });
});
