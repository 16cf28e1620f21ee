import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type Flightdeck,
  listSurvivors,
  makeHome,
  postgresPid,
  runFlightdeck,
  startFlightdeck,
  type Variables,
} from "@/test/flightdeck";
import { processStart } from "../bootstrap/live-process.mjs";
import { freeBasePort } from "./ports";

// One home for the whole file: each test finds what the one before left behind, as a person would. The demo has its own test.
let home: string;
let port: number;
let app: Flightdeck | undefined;

const start = async () => {
  app = await startFlightdeck({ home, port, env: { FLIGHTDECK_DEMO: "0" } });
  return app;
};
const refused = (env: Variables = {}, atPort = port) =>
  runFlightdeck({ home, port: atPort, env: { FLIGHTDECK_DEMO: "0", ...env } });

beforeAll(() => {
  home = makeHome();
});

beforeEach(async () => {
  port = await freeBasePort(21_000);
});

afterEach(async () => {
  await app?.stop();
  app = undefined;
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function asAdmin(text: string): Promise<unknown[]> {
  const { adminPassword } = JSON.parse(readFileSync(join(home, "postgres.json"), "utf8"));
  const client = new pg.Client({
    user: "flightdeck_admin",
    password: adminPassword,
    host: "127.0.0.1",
    port: port + 2,
    database: "flightdeck",
  });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function untilNothingRuns(node: Flightdeck): Promise<string[]> {
  // What does not stop by itself is stopped by force after 4.5 seconds; the rest is for a busy machine.
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline && (await listSurvivors(node, home)).length > 0) await sleep(50);
  return listSurvivors(node, home);
}

test("starts, says so in one line, serves, and leaves no process when it is asked to stop", {
  timeout: 180_000,
}, async () => {
  const node = await start();
  expect(node.output().match(/^ready: .*$/gm)).toEqual([`ready: http://localhost:${port}`]);
  expect((await fetch(`${node.url}/api/ready`)).status).toBe(200);
  expect(await (await fetch(`http://127.0.0.1:${port + 1}/health`)).json()).toMatchObject({ status: "ok" });
  expect(node.children.map(({ name }) => name).sort()).toEqual(["agent-backend", "web"]);
  const asked = Date.now();
  expect(await node.stop()).toBe(0);
  // Five seconds on a machine that does nothing else; what stops by force does so after 4.5.
  expect(Date.now() - asked).toBeLessThan(10_000);
  expect(await listSurvivors(node, home)).toEqual([]);
});

test("a second start on the same home names the first and ends with 1", async () => {
  const node = await start();
  const second = await refused({}, await freeBasePort(port + 100));
  expect(second.code).toBe(1);
  expect(second.output).toContain(`process ${node.supervisor.pid}, ${node.url}`);
  expect((await fetch(`${node.url}/api/ready`)).status).toBe(200);
});

test("the services never see the administrator's password, and only the owner can read the home's secrets", async () => {
  const node = await start();
  const { adminPassword } = JSON.parse(readFileSync(join(home, "postgres.json"), "utf8"));
  expect(statSync(join(home, "postgres.json")).mode & 0o077).toBe(0);
  expect(statSync(join(home, "logs")).mode & 0o077).toBe(0);
  expect(node.output()).not.toContain(adminPassword);
  if (process.platform !== "linux") return;
  for (const { pid } of node.children)
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(adminPassword);
});

test("when the watching process is killed its services go, and the next start adopts Postgres with all data", async () => {
  const killed = await start();
  await asAdmin("create table if not exists public.kept as select 42 as answer");
  const postgres = await postgresPid(home);
  process.kill(killed.supervisor.pid, "SIGKILL");
  expect(await killed.exited).not.toBe(0);
  const next = await start();
  expect(next.output()).toMatch(/adopted the running server/);
  expect(await postgresPid(home)).toBe(postgres);
  expect(await asAdmin("select answer from public.kept")).toEqual([{ answer: 42 }]);
  expect(await listSurvivors({ ...killed, supervisor: next.supervisor }, home)).toEqual(["supervisor", "Postgres"]);
});

test("when everything is killed at once the next start recovers with all data", async () => {
  const killed = await start();
  await asAdmin("create table if not exists public.kept as select 42 as answer");
  const pids = [
    killed.outer.pid,
    killed.supervisor.pid,
    ...killed.children.map(({ pid }) => pid),
    await postgresPid(home),
  ];
  // One command for all: killed one after the other, the later ones would notice and leave by themselves.
  execFileSync("kill", ["-9", ...pids.map(String)]);
  await killed.exited;
  await start();
  expect(await asAdmin("select answer from public.kept")).toEqual([{ answer: 42 }]);
});

test("when the outer process is killed everything stops by itself", async () => {
  const node = await start();
  node.outer.kill("SIGKILL");
  expect(await untilNothingRuns(node)).toEqual([]);
});

test("when a service dies the others stop, with a line that names it", async () => {
  const node = await start();
  process.kill(node.children.find(({ name }) => name === "agent-backend")?.pid ?? 0, "SIGKILL");
  expect(await node.exited).toBe(1);
  expect(node.output()).toContain("agent-backend was ended by SIGKILL unexpectedly");
  expect(await listSurvivors(node, home)).toEqual([]);
});

test("stops also when its home was deleted under it", async () => {
  const lost = makeHome();
  const node = await startFlightdeck({ home: lost, port, env: { FLIGHTDECK_DEMO: "0" } });
  const postgres = await postgresPid(lost);
  rmSync(lost, { recursive: true, force: true });
  expect(await node.stop()).toBe(0);
  expect(await listSurvivors(node, lost)).toEqual([]);
  expect(processStart(postgres ?? 0)).toBeNull();
});

test("a taken port is named, with a PORT that is free", async () => {
  const other = createServer().listen(port + 1, "127.0.0.1");
  try {
    const { code, output } = await refused();
    expect(code).toBe(1);
    expect(output).toContain(`port ${port + 1} (agent backend) is taken`);
    expect(output).toMatch(/fix: PORT=\d+ npm start/);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
  expect(await postgresPid(home)).toBeUndefined();
});

test("half of a configuration is refused by name before anything is started", async () => {
  const { code, output } = await refused({ FALLBACK_OPENAI_BASE_URL: "http://127.0.0.1:9" });
  expect(code).toBe(1);
  expect(output).toContain("FALLBACK_OPENAI_API_KEY");
  expect(output).toMatch(/fix: /);
  expect(await postgresPid(home)).toBeUndefined();
});
