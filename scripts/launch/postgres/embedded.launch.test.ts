import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeHome } from "@/test/flightdeck";
import { freePort } from "@/test/free-port";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded";
import { readPostmaster } from "./postmaster-file";

let home: string;
let port: number;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  home = makeHome();
  port = await freePort();
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop(5_000);
  rmSync(dataFolder(home), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

async function start(folder = home): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(folder, port);
  running.push(server);
  return server;
}

function dataFolder(folder: string): string {
  const record = join(folder, "postgres.json");
  return existsSync(record) ? JSON.parse(readFileSync(record, "utf8")).folder : folder;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(20);
  }
}

test("keeps its password to the owner, refuses a wrong one, and keeps the data over a restart", async () => {
  const first = await start();
  await query(first.adminUrl, "create table kept as select 42 as answer");
  expect(statSync(join(home, "postgres.json")).mode & 0o777).toBe(0o600);
  const wrong = Object.assign(new URL(first.adminUrl), { password: "guess" });
  await expect(query(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
  await first.stop(5_000);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await query(second.adminUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("two starts meet one server: the later one adopts it", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
  await second.stop(5_000);
  expect(await first.ended).toBe("ended with code 0");
});

test("recovers what was committed when the server and its processes were killed", async () => {
  const first = await start();
  await query(first.adminUrl, "create table kept as select 42 as answer");
  process.kill(first.pid, "SIGKILL");
  await untilGone(first.pid);
  const second = await start();
  expect(await query(second.adminUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("is not stopped by a postmaster.pid whose process id belongs to another program by now", async () => {
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  await untilGone(first.pid);
  const file = join(dataFolder(home), "data", "postmaster.pid");
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [process.pid, ...rest].join("\n"));
  const second = await start();
  expect((await readPostmaster(join(dataFolder(home), "data")))?.pid).toBe(second.pid);
});

test("runs from a folder that is closed to everyone else, root's own included", async () => {
  const closed = join(home, "private");
  mkdirSync(closed, { mode: 0o700 });
  chmodSync(closed, 0o700);
  const inside = join(closed, "home");
  try {
    const server = await start(inside);
    expect(await query(server.adminUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    // Only root needs the detour: it may not run Postgres itself, and the account that may cannot enter.
    expect(dataFolder(inside).startsWith(closed)).toBe(process.getuid?.() !== 0);
  } finally {
    for (const server of running.splice(0)) await server.stop(5_000);
    rmSync(dataFolder(inside), { recursive: true, force: true });
  }
});

test.runIf(process.getuid?.() === 0)(
  "says who is kept out when the folders above its data were closed later",
  async () => {
    const folder = join(home, "open");
    mkdirSync(folder, { mode: 0o755 });
    const first = await start(join(folder, "home"));
    await first.stop(5_000);
    chmodSync(folder, 0o700);
    await expect(start(join(folder, "home"))).rejects.toMatchObject({ fix: expect.stringContaining("chmod o+x") });
  },
);

test("says which file is missing when the password was lost, and touches nothing", async () => {
  const first = await start();
  await first.stop(5_000);
  renameSync(join(home, "postgres.json"), join(home, "elsewhere.json"));
  await expect(start()).rejects.toMatchObject({
    message: expect.stringContaining("postgres.json"),
    fix: expect.any(String),
  });
  renameSync(join(home, "elsewhere.json"), join(home, "postgres.json"));
  expect((await start()).adopted).toBe(false);
});

test("a port that another program holds is named with the way around it", async () => {
  const other = await start();
  const second = makeHome();
  try {
    await expect(startEmbeddedPostgres(second, other.port)).rejects.toMatchObject({
      fix: expect.stringContaining("PORT="),
    });
  } finally {
    rmSync(second, { recursive: true, force: true });
  }
});
