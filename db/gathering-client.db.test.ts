import type { Duplex } from "node:stream";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/database";
import { runPrepared } from "./run-prepared";

let database: TestDatabase;

// One connection, so that it is known which one a transaction gets.
beforeAll(async () => {
  database = await createTestDatabase(1);
});
afterAll(() => database.drop());

/** How often the connection hands something to the system while `work` runs. */
async function writesDuring(work: () => Promise<unknown>): Promise<number> {
  const client = await database.pool.connect();
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  client.release();
  const single = vi.spyOn(stream, "_write");
  const several = vi.spyOn(stream as Required<Pick<Duplex, "_writev">>, "_writev");
  try {
    await work();
    return single.mock.calls.length + several.mock.calls.length;
  } finally {
    single.mockRestore();
    several.mockRestore();
  }
}

test("what a transaction sends in one turn is one packet, with its beginning and its commit", async () => {
  const transaction = () =>
    database.doors.withRunner("ten_nobody", async (tx, commitNow) => {
      const rows = [runPrepared(tx, sql`select ${1}::int4 as n`), runPrepared(tx, sql`select ${2}::int4 + 0 as n`)];
      commitNow();
      return Promise.all(rows);
    });
  await transaction();
  const answers: unknown[] = [];
  expect(await writesDuring(async () => answers.push(await transaction()))).toBe(1);
  expect(answers).toEqual([[[{ n: 1 }], [{ n: 2 }]]]);
});

test("a statement that waits for the answer to another is sent when it comes", async () => {
  const one = () => database.pool.query("select 1");
  expect(
    await writesDuring(async () => {
      await one();
      await one();
    }),
  ).toBe(2);
});

test("a statement that fails leaves the connection as it was", async () => {
  const both = Promise.allSettled([
    database.pool.query("select nothing_like_this"),
    database.pool.query("select 1 as n"),
  ]);
  const [failed, answered] = await both;
  expect(failed.status).toBe("rejected");
  expect(answered).toMatchObject({ status: "fulfilled", value: { rows: [{ n: 1 }] } });
  expect((await database.pool.query("select 2 as n")).rows).toEqual([{ n: 2 }]);
});
