import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  return free;
});

import { memberships } from "@/db/schema";
import type { TenantContext } from "@/db/with-tenant";
import { apiRoute } from "@/lib/gateway/api-route";
import { followThreadChanges } from "@/lib/gateway/follow-thread-changes";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { getRunner } from "@/lib/gateway/runner";
import type { ThreadNews } from "@/lib/runs/thread-change";
import { archiveThread } from "@/lib/threads/archive-thread";
import { createThread } from "@/lib/threads/create-thread";
import { deleteThread, restoreThread } from "@/lib/threads/delete-thread";
import { renameThread, titleThread } from "@/lib/threads/rename-thread";
import { eventually } from "@/test/eventually";
import { startWebNode, type WebNode } from "@/test/web-node";
import { GET } from "./route";

const impatient = { keepAliveMs: 40, recheckMs: 100, unconfirmedMsMax: 20_000, lifetimeMs: 60_000 };
const impatientRoute = apiRoute({}, ({ identity, request }) =>
  followThreadChanges(identity, request.signal, impatient),
);
const briefRoute = apiRoute({}, ({ identity, request }) =>
  followThreadChanges(identity, request.signal, { ...impatient, lifetimeMs: 1_500 }),
);

let node: WebNode;
let ben: TenantContext;
let listening = 0;

beforeAll(async () => {
  node = await startWebNode(port, (request) => {
    const [, , , tenant, kind] = new URL(request.url).pathname.split("/");
    const route = kind === "impatient" ? impatientRoute : kind === "brief" ? briefRoute : GET;
    return route(request, { params: Promise.resolve({ tenant }) });
  });
  ben = { tenantId: node.tenants.acme, userId: node.users.ben, role: "member" };
  const runner = getRunner();
  const listen = runner.onThreadChanged.bind(runner);
  vi.spyOn(runner, "onThreadChanged").mockImplementation((listener) => {
    const stop = listen(listener);
    listening++;
    return () => {
      listening--;
      stop();
    };
  });
});

beforeEach(() => node.database.pool.query("delete from flightdeck.rate_limits"));

afterAll(async () => {
  await getRunner().close();
  await node.stop();
});

const bearers = new Map<string, string>();

/** Opens the stream as `name` and gathers its news until `leave`. */
async function follow(name: string, kind = "changes", tenant = "acme") {
  const leaving = new AbortController();
  const bearer = bearers.get(name) ?? (await node.bearerOf(name));
  bearers.set(name, bearer);
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${node.url}/api/t/${tenant}/${kind}`, { headers, signal: leaving.signal });
  const news: ThreadNews[] = [];
  const read = async () => {
    let text = "";
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) if (block.startsWith("data: ")) news.push(JSON.parse(block.slice(6)));
    }
  };
  const ended = read().catch(() => {});
  const changes = () => news.filter(({ change }) => change !== "alive");
  return { answer, news, changes, ended, leave: () => leaving.abort() };
}

test("a member hears of every change of their own threads, in order, and of nobody else's", async () => {
  const reader = await follow("ben");
  expect(reader.answer.status).toBe(200);
  expect(reader.answer.headers.get("content-type")).toBe("text/event-stream");
  expect(reader.answer.headers.get("x-accel-buffering")).toBe("no");
  await eventually(() => expect(reader.news).toEqual([{ change: "alive" }]));

  await createThread({ ...ben, userId: node.users.ada, role: "admin" }, "knowledge");
  await createThread({ tenantId: node.tenants.globex, userId: node.users.gus, role: "admin" }, "knowledge");
  const { id } = await createThread(ben, "knowledge");
  await titleThread(ben, id, "How long is the warranty?");
  await titleThread(ben, id, "It has its title already.");
  await renameThread(ben, id, "Warranty");
  await archiveThread(ben, id);
  await archiveThread(ben, id, false);
  await deleteThread(ben, id);
  await expect(renameThread(ben, id, "Gone")).rejects.toMatchObject({ code: "not_found" });
  await restoreThread(ben, id);

  const kinds = ["created", "renamed", "renamed", "archived", "restored", "deleted", "restored"];
  const expected = kinds.map((change) => ({ threadId: id, change }));
  await eventually(() => expect(reader.changes()).toEqual(expected));
  reader.leave();
  await reader.ended;
});

test("a member of two tenants hears of the one that they ask for", async () => {
  const olivia = (tenant: "acme" | "globex") => ({
    tenantId: node.tenants[tenant],
    userId: node.users.olivia,
    role: "member" as const,
  });
  const reader = await follow("olivia", "changes", "globex");
  await eventually(() => expect(reader.news).toHaveLength(1));
  await createThread(olivia("acme"), "knowledge");
  const { id } = await createThread(olivia("globex"), "knowledge");
  await eventually(() => expect(reader.changes()).toEqual([{ threadId: id, change: "created" }]));
  reader.leave();
  await reader.ended;
});

test("strangers and the signed out get no stream", async () => {
  expect((await follow("gus")).answer.status).toBe(404);
  expect((await fetch(`${node.url}/api/t/acme/changes`)).status).toBe(401);
});

test("readers that leave without a word leave no listener behind", async () => {
  await eventually(() => expect(listening).toBe(0));
  const readers = await Promise.all(Array.from({ length: 30 }, () => follow("ben")));
  await eventually(() => expect(listening).toBe(30));
  for (const { leave } of readers) leave();
  await eventually(() => expect(listening).toBe(0));
});

test("a quiet stream says that it lives, and ends in time to be authenticated again", async () => {
  const reader = await follow("ben", "brief");
  await reader.ended;
  expect(reader.news.length).toBeGreaterThanOrEqual(3);
  expect(new Set(reader.news.map(({ change }) => change))).toEqual(new Set(["alive"]));
  await eventually(() => expect(listening).toBe(0));
});

test("a removed member's stream ends", async () => {
  const reader = await follow("olivia", "impatient");
  await eventually(() => expect(reader.news.length).toBeGreaterThan(5));
  const ada: TenantContext = { tenantId: node.tenants.acme, userId: node.users.ada, role: "admin" };
  const olivias = and(eq(memberships.userId, node.users.olivia), eq(memberships.tenantId, node.tenants.acme));
  await node.database.doors.withTenant(ada, (tx) => tx.delete(memberships).where(olivias));
  await reader.ended;
  await createThread(ben, "knowledge");
  expect(reader.changes()).toEqual([]);
  await eventually(() => expect(listening).toBe(0));
});

test("a reader learns that changes may have been missed while Postgres was out of reach", async () => {
  const reader = await follow("ben");
  await eventually(() => expect(reader.news).toHaveLength(1));
  await node.database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'flightdeck-listen' and datname = current_database()",
  );
  await eventually(() => expect(reader.changes()).toEqual([{ change: "missed" }]));
  const { id } = await createThread(ben, "knowledge");
  await eventually(() => expect(reader.changes()).toContainEqual({ threadId: id, change: "created" }));
  reader.leave();
  await reader.ended;
});

test("a reader who does not read holds few changes, and is told that there were more", async () => {
  const identity: RequestIdentity = {
    ...ben,
    email: "ben@acme.test",
    tenantSlug: "acme",
    tenantName: "Acme",
    role: "member",
  };
  const { body } = await followThreadChanges(identity, new AbortController().signal);
  const { id } = await createThread(ben, "knowledge");
  let heard = 0;
  const stopCounting = getRunner().onThreadChanged({
    // The news of its creation may still be on the way when the counting begins.
    changed: ({ change }) => {
      if (change === "renamed") heard++;
    },
    missed: () => {},
    closed: () => {},
  });
  for (let i = 0; i < 150; i++) await renameThread(ben, id, `Title ${i}`);
  // They come over a connection of their own: reading before they have would be reading along.
  await eventually(() => expect(heard).toBe(150));
  stopCounting();
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("missed")) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
    // A stream that ended would answer so for ever.
    if (done) throw new Error(`the stream ended after: ${text}`);
    text += value;
  }
  expect(text.match(/^data: /gm)?.length).toBeLessThan(150);
  await reader?.cancel();
  await eventually(() => expect(listening).toBe(0));
});
