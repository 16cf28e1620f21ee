import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Settings } from "./settings";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flightdeck-settings-"));
  // The settings are read once a process; each test is a process of its own in this respect.
  vi.resetModules();
  for (const name of [
    "PORT",
    "HOST",
    "DATABASE_URL",
    "DIRECT_DATABASE_URL",
    "FLIGHTDECK_HOME",
    "FLIGHTDECK_DEMO",
    "SUPABASE_URL",
  ]) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

async function read(env: Record<string, string> = {}, argv: string[] = []): Promise<Settings> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const { readSettings } = await import("./settings");
  return readSettings(root, argv);
}

test("with nothing set: the embedded Postgres, the demo, and loopback", async () => {
  expect(await read()).toMatchObject({
    dev: false,
    home: join(root, ".flightdeck"),
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: undefined,
    demo: true,
  });
});

test("a real auth provider serves other machines and turns the demo off", async () => {
  const settings = await read({ SUPABASE_URL: "https://a.supabase.co", SUPABASE_PUBLISHABLE_KEY: "sb_publishable_a" });
  expect(settings).toMatchObject({ host: undefined, demo: false });
});

test(".env completes the environment, .env.local comes before it, and a variable set to nothing stays unset", async () => {
  writeFileSync(join(root, ".env"), "PORT=4000\nFLIGHTDECK_HOME=state\nDATABASE_URL=postgres://a@b/c\n");
  writeFileSync(join(root, ".env.local"), "PORT=5000\n");
  expect(await read({ DATABASE_URL: "" })).toMatchObject({
    port: 5000,
    home: join(root, "state"),
    databaseUrl: undefined,
  });
});

test(".env.example as it is works as .env", async () => {
  cpSync(join(import.meta.dirname, "../../.env.example"), join(root, ".env"));
  expect(await read()).toMatchObject({ port: 3000, databaseUrl: undefined, agentBackendUrl: undefined, demo: true });
});

test.each([
  [{ AGENT_BACKEND_URL: "http://127.0.0.1:9" }, ["RUN_TOKEN_SECRET"]],
  [{ FALLBACK_OPENAI_BASE_URL: "http://127.0.0.1:9" }, ["FALLBACK_OPENAI_API_KEY", "FALLBACK_OPENAI_MODEL"]],
  [{ OPENAI_MODEL: "llama" }, ["OPENAI_API_KEY"]],
  [{ SUPABASE_URL: "http://127.0.0.1:9" }, ["SUPABASE_PUBLISHABLE_KEY"]],
  [
    { SUPABASE_URL: "http://127.0.0.1:9", SUPABASE_PUBLISHABLE_KEY: "a", FLIGHTDECK_DEMO: "1" },
    ["SUPABASE_SECRET_KEY"],
  ],
  [{ DIRECT_DATABASE_URL: "postgres://a@127.0.0.1/b" }, ["DATABASE_URL"]],
  [{ DATABASE_URL: "mysql://a@127.0.0.1/b" }, ["DATABASE_URL"]],
  [{ PORT: "seventy" }, ["PORT"]],
  [{ PORT: "65535" }, ["PORT"]],
])("%o is refused, naming %o", async (env: Record<string, string>, missing) => {
  const failure = await read(env).catch((error) => error);
  for (const name of missing) expect(failure.message).toContain(name);
  expect(failure.fix).toBeTruthy();
});

test("an option that does not exist is refused instead of ignored", async () => {
  await expect(read({}, ["--prot=4000"])).rejects.toThrow("--prot=4000");
});
