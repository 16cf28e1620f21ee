import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

// What Next gives a page or action: the request's headers, and cookies that it may read or set.
const page = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => page.headers,
  cookies: async () => ({
    getAll: () => [...page.cookies].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string, { maxAge }: { maxAge?: number }) => {
      if (maxAge === 0) page.cookies.delete(name);
      else page.cookies.set(name, value);
    },
  }),
}));

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  return free;
});

import { NextRequest } from "next/server";
import { z } from "zod";
import { AppError } from "@/lib/failures/app-error";
import { PASSWORD, startWebNode, type WebNode } from "@/test/web-node";
import { defineAction } from "./define-action";
import { requireIdentity } from "./identity";
import { renewSession } from "./renew-session";
import { RETURN_PATH_HEADER } from "./return-path";
import { getAuthHeaders, getSessionUser, listMemberships, requireMember } from "./session";
import { signIn, signOut, signUp } from "./sign-in";

let node: WebNode;

beforeAll(async () => {
  node = await startWebNode(port, () => Promise.resolve(new Response(null, { status: 404 })));
});

afterAll(() => node.stop());

beforeEach(async () => {
  await node.database.pool.query("delete from flightdeck.rate_limits");
  page.cookies.clear();
  page.headers = new Headers({
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
    [RETURN_PATH_HEADER]: "/acme/assistant?thread=1",
  });
});

const enter = (name: string) => signIn({ email: `${name}@acme.test`, password: PASSWORD });
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { digest?: string }) => error.digest ?? String(error),
  );

describe("pages", () => {
  test("an anonymous visitor is sent to sign in, and back", async () => {
    expect(await getSessionUser()).toBeNull();
    const back = encodeURIComponent("/acme/assistant?thread=1");
    expect(await thrownBy(requireMember("acme"))).toContain(`/sign-in?next=${back}`);
    page.headers.delete(RETURN_PATH_HEADER);
    expect(await thrownBy(listMemberships())).toMatch(/;\/sign-in;/);
  });

  test("a member gets the identity, and the bearer to act on their behalf", async () => {
    expect(await enter("ada")).toEqual({ ok: true, data: null });
    expect(await requireMember("acme")).toMatchObject({ tenantSlug: "acme", role: "admin", email: "ada@acme.test" });
    expect((await getAuthHeaders()).authorization).toMatch(/^Bearer ey/);
    expect(await getSessionUser()).toEqual({ userId: node.users.ada, email: "ada@acme.test" });
  });

  test("a tenant of others and one that does not exist are the same not found", async () => {
    await enter("ada");
    const answers = [await thrownBy(requireMember("globex")), await thrownBy(requireMember("nowhere"))];
    expect(answers).toEqual(["NEXT_HTTP_ERROR_FALLBACK;404", "NEXT_HTTP_ERROR_FALLBACK;404"]);
  });

  test("a user of several tenants chooses, and one of none is told so instead of failing", async () => {
    await enter("olivia");
    expect((await listMemberships()).map(({ tenantSlug }) => tenantSlug)).toEqual(["acme", "globex"]);
    page.cookies.clear();
    expect(await signUp({ email: "stranger@acme.test", password: PASSWORD })).toMatchObject({
      ok: true,
      data: { confirmed: true },
    });
    expect(await listMemberships()).toEqual([]);
  });

  test("a page never renews a session: it could not keep the new token", async () => {
    for (const [name, value] of cookiesIn(await node.cookieOf("ada", { accessTokenLifetimeS: 1 })))
      page.cookies.set(name, value);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    const before = node.seen.length;
    expect(await getSessionUser()).toBeNull();
    expect(node.seen.slice(before).filter((request) => request.includes("/token"))).toEqual([]);
  }, 20_000);
});

describe("signing in and out", () => {
  test("says what is wrong in the form's words", async () => {
    expect(await signIn({ email: "ada@acme.test", password: "wrong password" })).toMatchObject({
      ok: false,
      code: "invalid_credentials",
    });
    expect(await signIn({ email: "x", password: "" })).toMatchObject({
      code: "invalid_request",
      fields: { email: expect.any(String), password: expect.any(String) },
    });
    expect(await signIn(null)).toMatchObject({ code: "invalid_request" });
    expect(await signUp({ email: "ada@acme.test", password: PASSWORD })).toMatchObject({
      fields: { email: "Sign in instead." },
    });
    expect(await signUp({ email: "weak@acme.test", password: "short" })).toMatchObject({
      fields: { password: expect.any(String) },
    });
    expect(page.cookies.has("sb-127-auth-token")).toBe(false);
  });

  test("tells when the next attempt is allowed", async () => {
    await Promise.all(Array.from({ length: 14 }, () => signIn({ email: "gus@acme.test", password: "wrong password" })));
    const refused = await enter("gus");
    expect(refused).toMatchObject({ ok: false, code: "rate_limited", retryAfterMs: expect.any(Number) });
    expect(!refused.ok && refused.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test("works from our own pages on this machine only", async () => {
    page.headers.set("origin", "https://evil.test");
    expect(await enter("ada")).toMatchObject({ ok: false, code: "forbidden" });
    await expect(signOut()).rejects.toMatchObject({ code: "forbidden" });
    page.headers = new Headers({ host: "flightdeck.example.com", origin: "https://flightdeck.example.com" });
    const refused = await enter("ada");
    expect(refused).toMatchObject({
      ok: false,
      code: "forbidden",
      message: expect.stringContaining("FLIGHTDECK_LOCAL_AUTH_PUBLIC"),
    });
  });

  test("signing out removes the cookie and ends the session, but not the user's others", async () => {
    const elsewhere = await node.cookieOf("ada");
    await enter("ada");
    await signOut();
    expect(page.cookies.size).toBe(0);
    expect(await getSessionUser()).toBeNull();
    const { rows } = await sessionsOf(node.users.ada);
    expect(rows.length).toBeGreaterThanOrEqual(1);
    expect(elsewhere).not.toBe("");
  });
});

describe("actions", () => {
  const rename = defineAction({
    input: z.object({ title: z.string().min(1).max(20) }),
    run: async ({ title }, identity) => ({ title, tenant: identity.tenantSlug, bound: requireIdentity().userId }),
  });
  const forAdmins = defineAction({ input: z.object({}), permission: "admin", run: async () => "done" });
  const failing = defineAction({
    input: z.enum(["gone", "bug", "redirect"]),
    run: async (how) => {
      if (how === "gone") throw new AppError("gone", "It is gone.", { status: 410 });
      if (how === "redirect") (await import("next/navigation")).redirect("/elsewhere");
      throw new Error("connect with password hunter2");
    },
  });

  test("run in the caller's tenant with parsed input", async () => {
    expect(await rename("acme", { title: "x" })).toMatchObject({ ok: false, code: "unauthenticated" });
    await enter("ben");
    expect(await rename("acme", { title: "New", extra: 1 } as never)).toEqual({
      ok: true,
      data: { title: "New", tenant: "acme", bound: node.users.ben },
    });
  });

  test("refuse foreign and unknown tenants alike, roles, foreign pages and bad input", async () => {
    await enter("ben");
    const [foreign, unknown, odd] = [
      await rename("globex", { title: "x" }),
      await rename("nowhere", { title: "x" }),
      await rename({} as never, { title: "x" }),
    ];
    for (const answer of [foreign, unknown, odd]) expect(answer).toMatchObject({ ok: false, code: "not_found" });
    expect(await forAdmins("acme", {})).toMatchObject({ ok: false, code: "forbidden" });
    expect(await rename("acme", { title: "" })).toMatchObject({
      ok: false,
      code: "invalid_request",
      fields: { title: expect.any(String) },
    });
    for (const bad of [null, "x", { title: "\u0000" }, { title: "\ud800" }, { title: { a: 1 } }]) {
      expect(await rename("acme", bad as never)).toMatchObject({ ok: false, code: "invalid_request" });
    }
    page.headers.set("origin", "https://evil.test");
    expect(await rename("acme", { title: "x" })).toMatchObject({ ok: false, code: "forbidden" });
    page.headers.delete("origin");
    expect(await rename("acme", { title: "x" })).toMatchObject({ ok: false, code: "forbidden" });
  });

  test("turn what was thrown into a failure without its cause, and let Next's own through", async () => {
    await enter("ben");
    expect(await failing("acme", "gone")).toMatchObject({ ok: false, code: "gone", message: "It is gone." });
    const bug = await failing("acme", "bug");
    expect(bug).toMatchObject({ ok: false, code: "internal", traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(JSON.stringify(bug)).not.toContain("hunter2");
    expect(await thrownBy(failing("acme", "redirect"))).toContain("/elsewhere");
  });
});

describe("proxy", () => {
  const visit = async (cookie: string, path = "/acme/assistant?doc=1") => {
    const headers = { cookie, host: `localhost:${port}`, [RETURN_PATH_HEADER]: "https://evil.test" };
    return renewSession(new NextRequest(`http://localhost:${port}${path}`, { headers }));
  };

  test("lets everybody through and says which page it is, whatever the browser said", async () => {
    for (const cookie of ["", "sb-127-auth-token=base64-nonsense", await node.cookieOf("ada")]) {
      const answer = await visit(cookie);
      expect(answer.headers.get("x-middleware-next")).toBe("1");
      expect(answer.headers.get(`x-middleware-request-${RETURN_PATH_HEADER}`)).toBe("/acme/assistant?doc=1");
      expect(answer.cookies.getAll()).toEqual([]);
    }
  });

  test("renews a session that is about to expire, for the browser and for the page", async () => {
    const old = await node.cookieOf("ada", { accessTokenLifetimeS: 1 });
    const answer = await visit(old);
    const [renewed] = answer.cookies.getAll();
    expect(renewed).toMatchObject({ name: "sb-127-auth-token", httpOnly: true, sameSite: "lax" });
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(answer.headers.get("x-middleware-request-cookie")).toContain(renewed?.value);
  });
});

function cookiesIn(header: string): [string, string][] {
  return header
    .split("; ")
    .map((pair) => [pair.slice(0, pair.indexOf("=")), decodeURIComponent(pair.slice(pair.indexOf("=") + 1))]);
}

function sessionsOf(userId: string) {
  return node.database.doors.withAuth((tx) => tx.execute(`select id from auth.sessions where user_id = '${userId}'`));
}
