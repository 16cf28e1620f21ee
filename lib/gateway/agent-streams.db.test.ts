import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  return free;
});

import {
  bearers,
  call,
  errorOf,
  eventsOf,
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

test("a run streams unbuffered, and a later connect brings it back", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  const run = await post("/agent/knowledge/run", "ada", inputFor(threadId), { tenant: "acme" });
  expect(run.status).toBe(200);
  expect(Object.fromEntries(run.headers)).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
    "content-encoding": "none",
    "x-trace-id": expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const events = await eventsOf(run);
  expect(events[0]?.type).toBe("RUN_STARTED");
  expect(events.at(-1)?.type).toBe("RUN_FINISHED");
  const replay = await eventsOf(await post("/agent/knowledge/connect", "ada", inputFor(threadId)));
  expect(replay.map(({ type }) => type)).toContain("MESSAGES_SNAPSHOT");
  expect(seen.at(-1)).toMatchObject({ tenantSlug: "acme", userId: node.users.ada, role: "admin" });
});

test("tokens arrive while the run goes on", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  const run = await post("/agent/knowledge/run", "ada", inputFor(threadId, TALK_ON));
  const said = textOf(run);
  await said.until("t3 ");
  expect(runner.activity.executing).toBe(1);
  await post(`/agent/knowledge/stop/${threadId}`, "ada", {});
  expect(await said.toEnd()).toContain("RUN_FINISHED");
});

test("a busy thread is 409, and an agent nobody made is 404", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  const first = await post("/agent/knowledge/run", "ada", inputFor(threadId, TALK_ON));
  const second = await post("/agent/knowledge/run", "ada", inputFor(threadId));
  expect([second.status, (await errorOf(second)).code]).toEqual([409, "thread_busy"]);
  for (const agent of ["nobody", "__proto__", "constructor"]) {
    expect((await post(`/agent/${agent}/run`, "ada", inputFor(threadId))).status).toBe(404);
  }
  await post(`/agent/knowledge/stop/${threadId}`, "ada", {});
  await first.text();
});

test("a browser may run from a page of ours only", async () => {
  const cookie = await node.cookieOf("ada");
  const threadId = await threadOf("ada", "acme", "admin");
  const run = (headers: Record<string, string>) =>
    call("/agent/knowledge/run", {
      method: "POST",
      headers: { cookie, ...headers },
      body: JSON.stringify(inputFor(threadId)),
    });
  expect((await run({ origin: "https://evil.test" })).status).toBe(403);
  expect((await run({})).status).toBe(403);
  const own = await run({ origin: node.url });
  expect(own.status).toBe(200);
  await own.text();
});

test("a session about to expire is renewed by the stream that it asks for, and by its refusal", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  for (const [thread, status] of [
    [threadId, 200],
    ["thr_unknown", 404],
  ] as const) {
    const cookie = await node.cookieOf("ada", { accessTokenLifetimeS: 1 });
    const answer = await call("/agent/knowledge/run", {
      method: "POST",
      headers: { cookie, origin: node.url },
      body: JSON.stringify(inputFor(thread)),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.getSetCookie().join()).toMatch(/^sb-127-auth-token=.*HttpOnly/i);
    await answer.text();
  }
});

test("streams are asked for by POST alone", async () => {
  for (const path of ["/agent/knowledge/run", "/agent/knowledge/connect"]) {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const answer = await call(path, { method, as: "ada" });
      expect([answer.status, (await errorOf(answer)).code]).toEqual([405, "method_not_allowed"]);
    }
    const options = await call(path, { method: "OPTIONS" });
    expect([options.status, (await errorOf(options)).code]).toEqual([401, "unauthenticated"]);
  }
});

test("a body that stops on its way is refused, and the next request is served", async () => {
  const threadId = await threadOf("ada", "acme", "admin");
  const { hostname, port } = new URL(node.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /api/copilotkit/agent/knowledge/run HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${bearers.ada}\r\nContent-Length: 900\r\n\r\n{"threadId":`,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  expect(runner.activity.executing).toBe(0);
  const next = await post("/agent/knowledge/run", "ada", inputFor(threadId));
  expect((await eventsOf(next)).at(-1)?.type).toBe("RUN_FINISHED");
});

test("a body over the limit is 413", async () => {
  const answer = await call("/agent/knowledge/run", { method: "POST", as: "ada", body: "x".repeat(5_000_000) });
  expect([answer.status, (await errorOf(answer)).code]).toEqual([413, "payload_too_large"]);
});
