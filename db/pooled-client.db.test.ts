import { connect, createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/database";
import { createPool } from "./pool";
import { runPrepared } from "./run-prepared";
import { createDoors } from "./with-tenant";

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

/** ReadyForQuery, with which Postgres opens a session. */
const READY = Buffer.from("Z\0\0\0\x05I", "latin1");

function fatal(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C57P01\0M${message}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  return Buffer.concat([Buffer.from("E"), length, fields]);
}

/** Leads to Postgres, and ends the first session in the packet that opens it, as a server may that shuts down. */
async function endingTheFirst(url: string): Promise<{ url: string; close(): void }> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  let ended = false;
  const proxy = createServer((down) => {
    const up = connect(Number(port), hostname);
    sockets.push(down, up);
    for (const socket of [down, up]) socket.on("error", () => {});
    down.pipe(up);
    let before: Buffer = Buffer.alloc(0);
    up.on("data", (chunk: Buffer) => {
      const opens = Buffer.concat([before, chunk]).includes(READY);
      before = chunk.subarray(-READY.length);
      if (ended || !opens) return down.write(chunk);
      ended = true;
      down.end(Buffer.concat([chunk, fatal("terminating connection due to administrator command")]));
      return up.destroy();
    });
    up.on("end", () => down.end());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address() as { port: number };
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${address.port}` }).href,
    close: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

test("a session that Postgres ends in the packet that opens it fails its transaction and nothing else", async () => {
  const proxy = await endingTheFirst(database.url);
  const pool = createPool(proxy.url, 1);
  // What nobody hears ends the process.
  const unheard = vi.fn();
  process.prependListener("uncaughtException", unheard);
  try {
    const doors = createDoors(() => pool);
    const one = () => doors.withRunner("ten_nobody", (tx) => runPrepared(tx, sql`select ${1}::int4 as n`));
    await expect(one()).rejects.toThrow();
    expect(await one()).toEqual([{ n: 1 }]);
    expect(unheard).not.toHaveBeenCalled();
  } finally {
    process.off("uncaughtException", unheard);
    await pool.end();
    proxy.close();
  }
});
