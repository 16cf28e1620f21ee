import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/database";

let database: TestDatabase;

// One connection, so that every transaction is on the same.
beforeAll(async () => {
  database = await createTestDatabase(1);
});
afterAll(() => database.drop());
afterEach(() => vi.unstubAllEnvs());

/** As a process sees it that starts with these variables. */
async function startedWith({ queries = "", listening = "" }) {
  const variables = { FLIGHTDECK_DATABASE_URL: queries, FLIGHTDECK_DIRECT_DATABASE_URL: listening };
  const unset = { DATABASE_URL: "", DIRECT_DATABASE_URL: "" };
  for (const [name, value] of Object.entries({ ...unset, ...variables })) vi.stubEnv(name, value);
  vi.resetModules();
  return import("./run-prepared");
}

const doubled = (n: number) => sql`select ${n}::int4 * 2 as doubled`;
const prepared = async () =>
  (await database.pool.query("select statement from pg_prepared_statements where name like 'flightdeck_%'")).rows;

test("a statement is prepared once on a connection, whatever its values and whichever copy of the module sends it", async () => {
  for (const n of [1, 2]) {
    const { runPrepared } = await startedWith({});
    for (const more of [0, 10]) {
      expect(await database.doors.withSystem((tx) => runPrepared(tx, doubled(n + more)))).toEqual([
        { doubled: (n + more) * 2 },
      ]);
    }
  }
  expect(await prepared()).toEqual([{ statement: "select $1::int4 * 2 as doubled" }]);
});

test("nothing is prepared where the queries go through a pooler", async () => {
  await database.pool.query("deallocate all");
  const { runPrepared } = await startedWith({ queries: "postgres://pooler/db", listening: "postgres://server/db" });
  expect(await database.doors.withSystem((tx) => runPrepared(tx, doubled(3)))).toEqual([{ doubled: 6 }]);
  expect(await prepared()).toEqual([]);
});

test("a pooler that nobody named is noticed: the statement fails once, and is not prepared any more", async () => {
  const { runPrepared, keepsStatements } = await startedWith({
    queries: "postgres://one/db",
    listening: "postgres://one/db",
  });
  const ask = () => database.doors.withSystem((tx) => runPrepared(tx, sql`select ${4}::int4 + 0 as four`));
  expect(await ask()).toEqual([{ four: 4 }]);
  // As if the transaction met another session of the server.
  await database.pool.query("deallocate all");
  await expect(ask()).rejects.toMatchObject({ code: "26000" });
  expect(keepsStatements()).toBe(false);
  expect(await ask()).toEqual([{ four: 4 }]);
});
