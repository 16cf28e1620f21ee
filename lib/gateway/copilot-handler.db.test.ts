import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  return free;
});

import {
  bearers,
  call,
  errorOf,
  inputFor,
  node,
  post,
  runner,
  seen,
  startCopilotNode,
  stopCopilotNode,
  TALK_ON,
  textOf,
  threadOf,
} from "@/test/copilot-node";

beforeAll(() => startCopilotNode(port));
afterAll(stopCopilotNode);
beforeEach(() => node.database.pool.query("delete from flightdeck.rate_limits"));

test("info names the caller's agents", async () => {
  const info = (await (await call("/info", { as: "ada" })).json()) as { agents: object; telemetryDisabled: boolean };
  expect(Object.keys(info.agents)).toEqual(["knowledge", "ruled"]);
});

test("health needs no sign-in", async () => {
  expect(await (await call("/health")).json()).toEqual({ status: "ok" });
});

describe("every route kind of CopilotKit", () => {
  const kinds: [method: string, path: (thread: string) => string][] = [
    ["GET", () => "/info"],
    ["POST", () => "/agent/knowledge/run"],
    ["POST", () => "/agent/knowledge/connect"],
    ["POST", (thread) => `/agent/knowledge/stop/${thread}`],
    ["POST", () => "/agent/knowledge/suggest"],
    ["POST", () => "/transcribe"],
    ["GET", () => "/threads"],
    ["POST", () => "/threads/clear"],
    ["POST", () => "/threads/subscribe"],
    ["PATCH", (thread) => `/threads/${thread}`],
    ["DELETE", (thread) => `/threads/${thread}`],
    ["POST", (thread) => `/threads/${thread}/archive`],
    ["GET", (thread) => `/threads/${thread}/messages`],
    ["GET", (thread) => `/threads/${thread}/events`],
    ["GET", (thread) => `/threads/${thread}/state`],
    ["GET", () => "/memories"],
    ["POST", () => "/memories"],
    ["POST", () => "/memories/recall"],
    ["POST", () => "/memories/subscribe"],
    ["PATCH", () => "/memories/m1"],
    ["POST", () => "/annotate"],
    ["GET", () => "/inspector-metadata"],
    ["GET", () => "/inspector-learning"],
    ["GET", () => "/cpk-debug-events"],
    ["GET", () => "/nothing"],
    ["POST", () => ""],
  ];
  const served = new Set(kinds.slice(0, 4).map(([, path]) => path("x")));
  const bodyFor = (method: string, threadId: string) =>
    method === "GET" ? {} : { body: JSON.stringify(inputFor(threadId)) };

  test.each(kinds)("%s %s is 401 without a session, and with a token that proves nothing", async (method, path) => {
    const threadId = await threadOf("ada", "acme", "admin");
    for (const headers of [
      {},
      { authorization: `Bearer ${bearers.ada}x` },
      { cookie: "sb-127-auth-token=base64-e30" },
    ]) {
      const answer = await call(path(threadId), {
        method,
        headers: headers as Record<string, string>,
        ...bodyFor(method, threadId),
      });
      expect(answer.status).toBe(401);
      expect(await errorOf(answer)).toMatchObject({ code: "unauthenticated" });
    }
  });

  test.each(kinds.filter(([, path]) => !served.has(path("x"))))("%s %s is not served", async (method, path) => {
    const threadId = await threadOf("ada", "acme", "admin");
    const answer = await call(path(threadId), { method, as: "ada", ...bodyFor(method, threadId) });
    expect(answer.status).toBe(404);
    expect(await errorOf(answer)).toMatchObject({ code: "not_found" });
  });

  test.each([
    ["/zzz/info"],
    ["//info"],
    ["/x/agent/knowledge/run"],
    ["/agent/knowledge/run/"],
    ["/agent//knowledge/run"],
  ])("%s is no other name for a route", async (path) => {
    const method = path.includes("run") ? "POST" : "GET";
    const answer = await call(path, { method, as: "ada", ...bodyFor(method, await threadOf("ada", "acme", "admin")) });
    expect(answer.status).toBe(404);
  });
});

describe("threads of others", () => {
  const attempts = async (as: string, threadId: unknown, tenant?: string) => {
    const input = inputFor(threadId);
    const answers = await Promise.all([
      post("/agent/knowledge/run", as, input, { tenant }),
      post("/agent/knowledge/connect", as, input, { tenant }),
      post(`/agent/knowledge/stop/${encodeURIComponent(String(threadId))}`, as, {}, { tenant }),
    ]);
    return Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
  };

  test("of another tenant, of another member, of the caller in another tenant, deleted or unknown, all answer the same bytes", async () => {
    const unknown = await attempts("ben", "thr_00000000000000000000000000");
    expect(new Set(unknown).size).toBe(1);
    expect(unknown[0]).toMatch(/^404 .*not_found/);
    expect(await attempts("ben", await threadOf("gus", "globex", "admin"))).toEqual(unknown);
    expect(await attempts("ben", await threadOf("ada", "acme", "admin"))).toEqual(unknown);
    expect(await attempts("ada", await threadOf("ben", "acme"))).toEqual(unknown);
    expect(await attempts("olivia", await threadOf("olivia", "globex"), "acme")).toEqual(unknown);
    expect(await attempts("gus", await threadOf("ada", "acme", "admin"), "acme")).toEqual(unknown);
  });

  test("a run of another member goes on, whatever strangers try", async () => {
    const threadId = await threadOf("ada", "acme", "admin");
    const said = textOf(await post("/agent/knowledge/run", "ada", inputFor(threadId, TALK_ON)));
    await said.until("t3 ");
    await attempts("ben", threadId);
    await attempts("gus", threadId);
    expect(runner.activity.executing).toBe(1);
    // Nothing can have come after an end.
    await said.until(`t${said.words() + 3} `);
    await post(`/agent/knowledge/stop/${threadId}`, "ada", {});
    await said.toEnd();
  });

  test("a run of one's own is stopped", async () => {
    const threadId = await threadOf("ben", "acme");
    const said = textOf(await post("/agent/knowledge/run", "ben", inputFor(threadId, TALK_ON)));
    await said.until("t3 ");
    const stop = await post(`/agent/knowledge/stop/${threadId}`, "ben", {});
    expect(await stop.json()).toMatchObject({ stopped: true });
    expect(await said.toEnd()).toContain("RUN_FINISHED");
  });
});

describe("the tenant", () => {
  test("is chosen by x-tenant among the caller's own, and is the first without it", async () => {
    for (const [tenant, expected] of [
      ["globex", "globex"],
      ["acme", "acme"],
      [undefined, "acme"],
    ] as const) {
      expect((await call("/info", { as: "olivia", tenant })).status).toBe(200);
      expect(seen.at(-1)?.tenantSlug).toBe(expected);
    }
  });

  test("is never granted by anything that the caller sends", async () => {
    const foreign = [
      await call("/info", { as: "ben", tenant: "globex" }),
      await call("/info", { as: "ben", tenant: "nowhere" }),
    ];
    expect(foreign.map(({ status }) => status)).toEqual([404, 404]);
    const [one, two] = await Promise.all(foreign.map((answer) => answer.text()));
    expect(one).toBe(two);
    expect((await call("/info", { as: "nobody" })).status).toBe(404);
    const threadId = await threadOf("ben", "acme");
    const spoofed = {
      ...inputFor(threadId),
      state: { tenantId: node.tenants.globex },
      forwardedProps: { tenantId: node.tenants.globex },
    };
    const headers = {
      "x-tenant-id": node.tenants.globex,
      "x-user-id": node.users.gus,
      "x-middleware-subrequest": "proxy",
    };
    await (await post("/agent/knowledge/run", "ben", spoofed, { headers })).text();
    expect(seen.at(-1)).toMatchObject({ tenantId: node.tenants.acme, userId: node.users.ben });
  });
});

test("bad input is 4xx in the one shape, never 5xx", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  const bodies = ["", "{", "null", "[]", "1", "{}", JSON.stringify({ ...inputFor(threadId), messages: "x" })];
  for (const bad of [null, 7, {}, "", "\u0000", "x".repeat(1000), "../../x", "thr_\ud800"])
    bodies.push(JSON.stringify(inputFor(bad)));
  bodies.push(JSON.stringify(inputFor(threadId, "NUL \u0000")), `${"[".repeat(50_000)}${"]".repeat(50_000)}`);
  bodies.push(
    JSON.stringify({ ...inputFor(threadId), runId: "", tools: [1] }),
    JSON.stringify({ ...inputFor(threadId), resume: "x" }),
  );
  for (const path of [
    "/agent/knowledge/run",
    "/agent/knowledge/connect",
    `/agent/knowledge/stop/${threadId}`,
    "/agent/knowledge/stop/%00",
  ]) {
    for (const body of bodies) {
      const answer = await call(path, { method: "POST", as: "ada", body });
      const label = `${path} ${body.slice(0, 60)} → ${answer.status}`;
      expect(answer.status, label).toBeLessThan(500);
      if (answer.status !== 200)
        expect(await errorOf(answer), label).toMatchObject({ code: expect.any(String), traceId: expect.any(String) });
      else await answer.text();
    }
  }
});
