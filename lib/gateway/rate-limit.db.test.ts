import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { freePort } from "@/test/free-port";

type Limits = typeof import("./rate-limit");

const LIMIT = { name: "test", points: 3, windowMs: 60_000 };

/** The limiter as another process has it: its own connections, the same store. */
async function node(redisUrl: string): Promise<Limits> {
  vi.resetModules();
  vi.stubEnv("REDIS_URL", redisUrl);
  return import("./rate-limit");
}

async function expectOneCount(first: Limits, second: Limits, key: string): Promise<void> {
  await first.consumeRate(LIMIT, key);
  await second.consumeRate(LIMIT, key);
  await first.consumeRate(LIMIT, key);
  await expect(second.consumeRate(LIMIT, key)).rejects.toMatchObject({
    code: "rate_limited",
    retryAfterMs: expect.any(Number),
  });
  expect(await first.rateWaitMs(LIMIT, key)).toBeGreaterThan(0);
  await first.consumeRate(LIMIT, `${key} of somebody else`);
  await second.resetRate(LIMIT, key);
  await first.consumeRate(LIMIT, key);
}

describe("in Postgres", () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    process.env.FLIGHTDECK_DATABASE_URL = database.url;
  });
  afterAll(() => database.drop());

  it("a limit is counted across nodes, for each key by itself", async () => {
    await expectOneCount(await node(""), await node(""), "ada");
  });

  it("a node that starts anew goes on counting where the one before it ended", async () => {
    const before = await node("");
    await before.consumeRate(LIMIT, "gia");
    await before.consumeRate(LIMIT, "gia");
    const after = await node("");
    await after.consumeRate(LIMIT, "gia");
    await expect(after.consumeRate(LIMIT, "gia")).rejects.toMatchObject({ code: "rate_limited" });
  });
});

describe.skipIf(!hasRedis())("in Redis", () => {
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = spawn(
      "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    if (!server.stdout) throw new Error("redis-server has no output");
    for await (const line of createInterface({ input: server.stdout }))
      if (/Ready to accept connections/.test(line)) break;
  });
  afterAll(async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  });

  it("a limit is counted across nodes, for each key by itself", async () => {
    await expectOneCount(await node(url), await node(url), "ada");
  });

  it("each node counts for itself while Redis is away, instead of refusing everybody", async () => {
    const limits = await node(url);
    await limits.consumeRate(LIMIT, "ben");
    server.kill("SIGKILL");
    await once(server, "exit");
    for (let use = 0; use < LIMIT.points; use++) await limits.consumeRate(LIMIT, "ben");
    await expect(limits.consumeRate(LIMIT, "ben")).rejects.toMatchObject({ code: "rate_limited" });
  });
});

function hasRedis(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
