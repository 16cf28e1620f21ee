import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  process.env.FLIGHTDECK_REQUESTS_PER_MINUTE = "200";
  return free;
});

import { memberships } from "@/db/schema";
import { AppError } from "@/lib/failures/app-error";
import { loadKeys } from "@/lib/local-auth/keys";
import { LOCAL_ISSUER } from "@/lib/local-auth/names";
import { startWebNode, type WebNode } from "@/test/web-node";
import { apiRoute } from "./api-route";
import { currentCaller } from "./caller";
import { requireIdentity } from "./identity";

let node: WebNode;
let ada: string;

const noteId = z.string().regex(/^note_[a-z]{4}$/);
const writeNote = apiRoute(
  {
    params: z.object({ id: noteId }),
    query: z.object({ limit: z.coerce.number().int().max(9).optional() }),
    body: z.object({ text: z.string() }),
  },
  async ({ identity, params, query, body }) => ({
    identity,
    bound: requireIdentity(),
    token: currentCaller()?.token,
    params,
    query,
    body,
  }),
);
const failures: Record<string, () => Promise<object>> = {
  note_app: () => Promise.reject(new AppError("gone", "It is gone.", { status: 410 })),
  note_bug: () => Promise.reject(new Error("connect to 10.0.0.7 with password hunter2")),
  note_sql: async () => ({ rows: await node.database.doors.withUser("x", (tx) => tx.execute("select 'x'::int")) }),
};
const readNote = apiRoute({ params: z.object({ id: z.string() }) }, async ({ params, identity }) => {
  return (await failures[params.id]?.()) ?? { role: identity.role };
});
const forAdmins = apiRoute({ permission: "admin" }, async () => ({ done: true }));

beforeAll(async () => {
  node = await startWebNode(port, (request) => {
    const [, , , tenant, kind, id] = new URL(request.url).pathname.split("/").map(decodeURIComponent);
    const context = { params: Promise.resolve({ tenant, id }) };
    if (kind === "admin") return forAdmins(request, context);
    return (request.method === "POST" ? writeNote : readNote)(request, context);
  });
  ada = await node.bearerOf("ada");
});

afterAll(() => node.stop());
beforeEach(() => node.database.pool.query("delete from flightdeck.rate_limits"));

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${ada}` }) =>
  fetch(`${node.url}/api/t${path}`, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = { authorization: `Bearer ${ada}` }) =>
  fetch(`${node.url}/api/t${path}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const errorOf = async (answer: Response) => ((await answer.json()) as { error: Record<string, unknown> }).error;

test("a bearer reaches the handler parsed, with identity and caller bound", async () => {
  const answer = await post("/acme/notes/note_abcd?limit=3", { text: "Grüße", extra: 1 });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{32}$/);
  const identity = {
    userId: node.users.ada,
    email: "ada@acme.test",
    tenantId: node.tenants.acme,
    tenantSlug: "acme",
    tenantName: "Acme",
    role: "admin",
  };
  expect(await answer.json()).toEqual({
    identity,
    bound: identity,
    token: ada,
    params: { id: "note_abcd" },
    query: { limit: 3 },
    body: { text: "Grüße" },
  });
});

test("a caller's traceparent names the trace", async () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const answer = await get("/acme/notes/note_app", { authorization: `Bearer ${ada}`, traceparent });
  expect(answer.headers.get("x-trace-id")).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  expect(await errorOf(answer)).toEqual({
    code: "gone",
    message: "It is gone.",
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
  });
});

test("another tenant, an unknown one and an id of the wrong form get the same bytes", async () => {
  const answers = await Promise.all(
    [
      "/globex/notes/note_abcd",
      "/nowhere/notes/note_abcd",
      "/acme/notes/..",
      "/%00/notes/x",
      "/ACME/notes/note_abcd",
      "/acme/notes/doc_1",
    ].map((path) => post(path, { text: "x" })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(bodies).size).toBe(1);
  expect(JSON.parse(bodies[0] ?? "").error).toMatchObject({
    code: "not_found",
    traceId: expect.stringMatching(/^0{32}$/),
  });
});

test("a user of no tenant is signed in and finds nothing", async () => {
  const authorization = `Bearer ${await node.bearerOf("nobody")}`;
  expect((await get("/acme/notes/x", { authorization })).status).toBe(404);
});

test("what an admin may do is refused to a member", async () => {
  const authorization = `Bearer ${await node.bearerOf("ben")}`;
  const answer = await get("/acme/admin", { authorization });
  expect([answer.status, (await errorOf(answer)).code]).toEqual([403, "forbidden"]);
  expect((await get("/acme/admin")).status).toBe(200);
});

describe("tokens that prove nothing are 401", () => {
  const claims = () => ({
    email: "ada@acme.test",
    role: "authenticated",
    session_id: crypto.randomUUID(),
    app_metadata: { tenant: "globex" },
  });
  const nowS = () => Math.floor(Date.now() / 1000);
  /** Signed with our own key; a claim set to undefined is left out. */
  const sign = async (changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}) => {
    const { privateKey, kid } = await loadKeys(node.database.doors);
    const standard = { iss: LOCAL_ISSUER, aud: "authenticated", sub: node.users.ada, iat: nowS(), exp: nowS() + 3600 };
    return new SignJWT({ ...claims(), ...standard, ...changes } as never)
      .setProtectedHeader({ alg: "ES256", kid, ...header })
      .sign(privateKey);
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const parts = () => ada.split(".") as [string, string, string];
  const payload = () => JSON.parse(Buffer.from(parts()[1], "base64url").toString()) as object;

  const forgeries: Record<string, () => Promise<string> | string> = {
    "alg none": () => `${encode({ alg: "none", typ: "JWT" })}.${parts()[1]}.`,
    "alg None": () => `${encode({ alg: "None" })}.${parts()[1]}.`,
    "alg nOnE with the old signature": () => `${encode({ alg: "nOnE" })}.${parts()[1]}.${parts()[2]}`,
    "the signature left out": () => `${parts()[0]}.${parts()[1]}.`,
    "claims edited": () => `${parts()[0]}.${encode({ ...payload(), sub: node.users.gus })}.${parts()[2]}`,
    "HS256 with the public key as the secret": async () => {
      const { publicJwk, kid } = await loadKeys(node.database.doors);
      return new SignJWT(payload() as never)
        .setProtectedHeader({ alg: "HS256", kid })
        .sign(Buffer.from(JSON.stringify(publicJwk)));
    },
    "another key under our kid": async () => {
      const { kid } = await loadKeys(node.database.doors);
      const { privateKey } = await generateKeyPair("ES256");
      return new SignJWT(payload() as never).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey);
    },
    "a key of its own in the header": async () => {
      const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
      const { exportJWK } = await import("jose");
      const header = {
        alg: "ES256",
        kid: "mine",
        jwk: await exportJWK(publicKey),
        jku: `${node.url}/evil.json`,
        x5u: `${node.url}/evil.pem`,
      };
      return new SignJWT(payload() as never).setProtectedHeader(header).sign(privateKey);
    },
    expired: () => sign({ exp: nowS() - 6 }),
    "not valid yet": () => sign({ nbf: nowS() + 300 }),
    "no expiry": () => sign({ exp: undefined }),
    "for another audience": () => sign({ aud: "anon" }),
    "of another issuer": () => sign({ iss: "https://evil.test/auth/v1" }),
    "no subject": () => sign({ sub: undefined }),
    "a subject that is not text": () => sign({ sub: { id: node.users.ada } }),
    "a critical header nobody knows": () =>
      `${encode({ alg: "ES256", crit: ["x"], x: 1 })}.${parts()[1]}.${parts()[2]}`,
    "not a token": () => "ada",
    "the publishable key": () => "sb_publishable_local",
    empty: () => "",
  };

  test.each(Object.keys(forgeries))("%s", async (name) => {
    const answer = await get("/acme/notes/x", { authorization: `Bearer ${await forgeries[name]?.()}` });
    expect(answer.status).toBe(401);
    expect(await errorOf(answer)).toMatchObject({ code: "unauthenticated" });
  });

  test("the same token, honestly signed, is accepted", async () => {
    expect((await get("/acme/notes/x", { authorization: `Bearer ${await sign()}` })).status).toBe(200);
  });

  test("no token, another scheme and a made-up cookie are 401 too", async () => {
    const cookie = (value: unknown) => ({ cookie: `sb-127-auth-token=base64-${encode(value as object)}` });
    const forever = Math.floor(Date.now() / 1000) + 3600;
    for (const headers of [
      {},
      { authorization: "Basic YWRhOmFkYQ==" },
      cookie({ access_token: "a.b.c", expires_at: forever }),
      cookie([]),
    ]) {
      expect((await get("/acme/notes/x", headers as Record<string, string>)).status).toBe(401);
    }
  });

  test("forged key names cost at most one look-up of the keys", async () => {
    await get("/acme/notes/x");
    const before = node.seen.filter((request) => request.includes("jwks")).length;
    const { privateKey } = await generateKeyPair("ES256");
    for (let i = 0; i < 20; i++) {
      const token = await new SignJWT(payload() as never)
        .setProtectedHeader({ alg: "ES256", kid: `forged-${i}` })
        .sign(privateKey);
      expect((await get("/acme/notes/x", { authorization: `Bearer ${token}` })).status).toBe(401);
    }
    expect(node.seen.filter((request) => request.includes("jwks")).length - before).toBeLessThanOrEqual(1);
    expect(node.seen.some((request) => request.includes("evil"))).toBe(false);
  });
});

describe("cookie sessions", () => {
  test("a browser reads, and changes from a page of ours only", async () => {
    const cookie = await node.cookieOf("ada");
    expect((await get("/acme/notes/x", { cookie })).status).toBe(200);
    const write = (headers: Record<string, string>) =>
      post("/acme/notes/note_abcd", { text: "x" }, { cookie, ...headers });
    expect((await write({ origin: node.url })).status).toBe(200);
    for (const origin of ["https://evil.test", "null", `http://127.0.0.1:${port + 1}`, ""]) {
      const answer = await write(origin ? { origin } : {});
      expect([origin, answer.status, (await errorOf(answer)).code]).toEqual([origin, 403, "forbidden"]);
    }
  });

  test("a session about to expire is renewed on the way and sent back", async () => {
    const cookie = await node.cookieOf("ada", { accessTokenLifetimeS: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const answer = await get("/acme/notes/x", { cookie });
    expect(answer.status).toBe(200);
    const [renewed = ""] = answer.headers.getSetCookie();
    expect(renewed).toMatch(/^sb-127-auth-token=.*HttpOnly/i);
    const next = await get("/acme/notes/x", { cookie: renewed.split(";")[0] ?? "" });
    expect(next.status).toBe(200);
    expect(next.headers.getSetCookie()).toEqual([]);
  });

  test("a session that was ended elsewhere is signed out here, and its cookie removed", async () => {
    const cookie = await node.cookieOf("ben", { accessTokenLifetimeS: 1 });
    await node.database.doors.withAuth((tx) => tx.execute("delete from auth.sessions"));
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const answer = await get("/acme/notes/x", { cookie });
    expect(answer.status).toBe(401);
    expect(answer.headers.getSetCookie().join()).toContain("Max-Age=0");
    warned.mockRestore();
  });
});

test("a removed member is refused within the minute, on a node that knew them", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  try {
    const authorization = `Bearer ${await node.bearerOf("olivia")}`;
    expect((await get("/globex/notes/x", { authorization })).status).toBe(200);
    const { doors, tenants, users } = { ...node.database, ...node };
    const admin = { tenantId: tenants.globex, userId: users.gus, role: "admin" as const };
    const { and, eq } = await import("drizzle-orm");
    const mine = and(eq(memberships.tenantId, tenants.globex), eq(memberships.userId, users.olivia));
    await doors.withTenant(admin, (tx) => tx.delete(memberships).where(mine));
    vi.setSystemTime(Date.now() + 59_000);
    expect((await get("/globex/notes/x", { authorization })).status).toBe(404);
    expect((await get("/acme/notes/x", { authorization })).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
});

test("failures carry their code, and never the cause", async () => {
  const bug = await get("/acme/notes/note_bug");
  expect(bug.status).toBe(500);
  const text = await bug.text();
  expect(text).not.toContain("hunter2");
  expect(JSON.parse(text).error).toMatchObject({ code: "internal", traceId: bug.headers.get("x-trace-id") });
  const sql = await get("/acme/notes/note_sql");
  expect([sql.status, (await errorOf(sql)).code]).toEqual([400, "invalid_request"]);
});

test("bad bodies and queries are 4xx with a code, and named fields", async () => {
  const bodies = [
    "",
    "{",
    "[]",
    "null",
    '{"text":1}',
    '{"text":"\\u0000"}',
    '{"text":"\\ud800"}',
    '{"te\\u0000xt":"x","text":"x"}',
  ];
  bodies.push(
    "[".repeat(100_000),
    `{"text":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
    '{"__proto__":{"text":"x"}}',
    '{"text":1e999}',
  );
  for (const body of bodies) {
    const answer = await post("/acme/notes/note_abcd", body);
    expect([body.slice(0, 30), answer.status]).toEqual([body.slice(0, 30), expect.toBeOneOf([400, 422])]);
    expect(await errorOf(answer)).toMatchObject({ code: "invalid_request", traceId: expect.any(String) });
  }
  const invalidUtf8 = await fetch(`${node.url}/api/t/acme/notes/note_abcd`, {
    method: "POST",
    headers: { authorization: `Bearer ${ada}` },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
  });
  expect(invalidUtf8.status).toBe(400);
  const query = await post("/acme/notes/note_abcd?limit=99", { text: "x" });
  expect([query.status, (await errorOf(query)).fields]).toEqual([422, { limit: expect.any(String) }]);
  expect((await post("/acme/notes/note_abcd?limit=%00", { text: "x" })).status).toBe(400);
});

test("a body over the limit is 413 and not read to its end, announced or not", async () => {
  const announced = await post("/acme/notes/note_abcd", { text: "x".repeat(2_000_000) });
  expect([announced.status, (await errorOf(announced)).code]).toEqual([413, "payload_too_large"]);
  let sentBytes = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sentBytes += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(120));
      if (sentBytes > 200_000_000) controller.close();
    },
  });
  const init = { method: "POST", headers: { authorization: `Bearer ${ada}` }, body: endless, duplex: "half" };
  const answer = await fetch(`${node.url}/api/t/acme/notes/note_abcd`, init as RequestInit);
  expect(answer.status).toBe(413);
  expect(sentBytes).toBeLessThan(50_000_000);
});

test("a user who asks too often is told when to come back; others are not held up", async () => {
  const ben = `Bearer ${await node.bearerOf("ben")}`;
  const answers = await Promise.all(Array.from({ length: 230 }, () => get("/acme/notes/x")));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(30);
  const [first] = refused;
  expect(Number(first?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await errorOf(first as Response)).toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
  expect((await get("/acme/notes/x", { authorization: ben })).status).toBe(200);
});
