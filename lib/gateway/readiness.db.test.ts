import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const { freePort } = await import("@/test/free-port");
  const [free, backend] = [await freePort(), await freePort()];
  process.env.PORT = String(free);
  process.env.AGENT_BACKEND_URL = `http://127.0.0.1:${backend}`;
  return free;
});

import { serve } from "@/test/serve";
import { startWebNode, type WebNode } from "@/test/web-node";
import { checkReadiness } from "./readiness";

let node: WebNode;

beforeAll(async () => {
  node = await startWebNode(port, () => Promise.resolve(new Response(null, { status: 404 })));
});

afterAll(() => node.stop());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
});

const startBackend = (status: number) =>
  serve(async () => new Response(null, { status }), Number(new URL(process.env.AGENT_BACKEND_URL ?? "").port));

test("all is well when everything answers", async () => {
  const backend = await startBackend(200);
  const all = { database: "ok", migrations: "ok", auth: "ok", agentBackend: "ok" };
  expect(await checkReadiness()).toEqual({ ready: true, checks: all });
  await backend.close();
});

test("what does not answer is named, and what answers with a failure", async () => {
  vi.setSystemTime(Date.now() + 20_000);
  expect(await checkReadiness()).toMatchObject({
    ready: false,
    checks: { agentBackend: expect.stringMatching(/^failed: \w+$/), auth: "ok" },
  });
  const backend = await startBackend(500);
  vi.setSystemTime(Date.now() + 20_000);
  expect((await checkReadiness()).checks.agentBackend).toBe("the agent backend answered 500");
  await backend.close();
});

test("a database older than the build is not ready", async () => {
  const { default: pg } = await import("pg");
  const admin = new pg.Client({ connectionString: node.database.adminUrl });
  await admin.connect();
  await admin.query("update flightdeck.migrations set created_at = created_at - 100000000000");
  await admin.end();
  vi.setSystemTime(Date.now() + 30_000);
  expect((await checkReadiness()).checks.migrations).toMatch(/older than this build/);
});
