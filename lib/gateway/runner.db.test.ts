import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getPool } from "@/db/pool";
import { runNodes } from "@/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { getRunner } from "./runner";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  process.env.DATABASE_POOL_MAX = "2";
});

afterAll(async () => {
  await getRunner().close();
  await getPool().end();
  await database.drop();
});

test("requests that hold every connection of the pages do not keep the runner from renewing its lease", async () => {
  const held = [await getPool().connect(), await getPool().connect()];
  const waiting = getPool().query("select 1");
  const runner = getRunner();
  await runner.start();
  // Longer than a lease, which is 3.6 s.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const nodes = () =>
    database.doors.withSystem((tx) =>
      tx.select({ id: runNodes.id, alive: sql<boolean>`${runNodes.expiresAt} > now()` }).from(runNodes),
    );
  // A busy machine may be late with a renewal, but the next one comes.
  await expect.poll(nodes).toEqual([{ id: runner.nodeId, alive: true }]);
  for (const client of held) client.release();
  await waiting;
});
