import { createClient } from "@supabase/supabase-js";
import { decodeJwt, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type Served, serve } from "@/test/serve";
import { createLocalUser } from "./create-local-user";
import { createLocalAuth } from "./handler";
import { loadKeys } from "./keys";
import { LOCAL_ISSUER, LOCAL_PUBLISHABLE_KEY } from "./names";

const PASSWORD = "correct horse battery";

let database: TestDatabase;
let served: Served;
let secretKey: string;
let clockMs: number;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const now = () => new Date(clockMs);
  served = await serve(createLocalAuth({ doors: database.doors, allowPublicHosts: false, now }));
  secretKey = (await loadKeys(database.doors)).secretKey;
});

afterAll(async () => {
  await served.close();
  await database.drop();
});

beforeEach(async () => {
  clockMs = Date.now();
  await database.pool.query("delete from flightdeck.rate_limits");
});

const auth = { persistSession: false, autoRefreshToken: false };
const client = (key = LOCAL_PUBLISHABLE_KEY) => createClient(`${served.url}/supabase`, key, { auth });
const admin = () => client(secretKey).auth.admin;
let made = 0;
const newAccount = async () => {
  const email = `user${++made}@acme.test`;
  return { email, id: await createLocalUser(database.doors, { email, password: PASSWORD, name: "User" }) };
};
const signedIn = async () => {
  const account = await newAccount();
  const supabase = client();
  const { data, error } = await supabase.auth.signInWithPassword({ email: account.email, password: PASSWORD });
  expect(error).toBeNull();
  if (!data.session) throw new Error("no session");
  return { ...account, supabase, session: data.session };
};
const call = (path: string, init: RequestInit = {}) =>
  fetch(`${served.url}/supabase/auth/v1${path}`, {
    ...init,
    headers: { apikey: LOCAL_PUBLISHABLE_KEY, "content-type": "application/json", ...init.headers },
  });

test("sign-up opens a session, and a second one with the address is refused", async () => {
  const email = "New.Person@acme.test";
  const { data, error } = await client().auth.signUp({ email, password: PASSWORD, options: { data: { name: "New" } } });
  expect(error).toBeNull();
  expect(data.user).toMatchObject({ email: "new.person@acme.test", user_metadata: { name: "New" } });
  expect(data.session?.refresh_token).toBeTruthy();
  const again = await client().auth.signUp({ email: email.toLowerCase(), password: PASSWORD });
  expect(again.error).toMatchObject({ status: 422, code: "user_already_exists" });
  const weak = await client().auth.signUp({ email: "weak@acme.test", password: "short" });
  expect(weak.error).toMatchObject({ code: "weak_password", reasons: ["length"] });
});

test("a password opens a session with Supabase's claims, verified without asking the server again", async () => {
  const { id, email, supabase, session } = await signedIn();
  expect(decodeJwt(session.access_token)).toMatchObject({
    iss: LOCAL_ISSUER,
    aud: "authenticated",
    role: "authenticated",
    sub: id,
    email,
    app_metadata: { provider: "email" },
    user_metadata: { name: "User" },
  });
  const before = served.seen.filter((request) => request.includes("jwks")).length;
  for (let i = 0; i < 3; i++) expect((await supabase.auth.getClaims(session.access_token)).data?.claims.sub).toBe(id);
  expect(served.seen.filter((request) => request.includes("jwks")).length - before).toBeLessThanOrEqual(1);
  expect((await supabase.auth.getUser()).data.user?.id).toBe(id);
});

test("the published key set holds no private part", async () => {
  const { keys } = (await (await call("/.well-known/jwks.json", { headers: {} })).json()) as { keys: object[] };
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ alg: "ES256", crv: "P-256" });
  expect(keys[0]).not.toHaveProperty("d");
});

test("a refresh token works once; within ten seconds of that it gets the same successor", async () => {
  const { session } = await signedIn();
  const refresh = (refresh_token: string) => client().auth.refreshSession({ refresh_token });
  const both = await Promise.all([refresh(session.refresh_token), refresh(session.refresh_token)]);
  const successors = both.map(({ data }) => data.session?.refresh_token);
  expect(successors[0]).toBeTruthy();
  expect(successors[0]).not.toBe(session.refresh_token);
  expect(successors[1]).toBe(successors[0]);
});

test("a refresh token that comes back after the window ends the session, the thief's and the owner's", async () => {
  const { session } = await signedIn();
  const next = await client().auth.refreshSession({ refresh_token: session.refresh_token });
  clockMs += 11_000;
  const stolen = await client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect(stolen.error).toMatchObject({ status: 400, code: "refresh_token_already_used" });
  const newest = await client().auth.refreshSession({ refresh_token: next.data.session?.refresh_token ?? "" });
  expect(newest.error).toMatchObject({ status: 400, code: "refresh_token_not_found" });
});

test("one session's end leaves the user's others", async () => {
  const { email, session } = await signedIn();
  const other = client();
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  await client().auth.refreshSession({ refresh_token: session.refresh_token });
  clockMs += 11_000;
  await client().auth.refreshSession({ refresh_token: session.refresh_token });
  expect((await other.auth.refreshSession()).error).toBeNull();
});

test("a refresh token that this instance did not sign is not found", async () => {
  const { session } = await signedIn();
  const bytes = Buffer.from(session.refresh_token, "base64url");
  bytes[19] = (bytes[19] ?? 0) + 1;
  for (const refresh_token of [bytes.toString("base64url"), "x", "é".repeat(70)]) {
    const { error } = await client().auth.refreshSession({ refresh_token });
    expect(error).toMatchObject({ code: "refresh_token_not_found" });
  }
});

test.each(["global", "local", "others"] as const)("signing out (%s) ends the sessions it says", async (scope) => {
  const { email, supabase } = await signedIn();
  const other = client();
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  const tokens = await Promise.all([supabase, other].map((one) => one.auth.getSession()));
  const [mine, theirs] = tokens.map(({ data }) => data.session?.access_token ?? "");
  expect((await supabase.auth.signOut({ scope })).error).toBeNull();
  const alive = async (token = "") => (await client().auth.getUser(token)).error === null;
  expect([await alive(mine), await alive(theirs)]).toEqual(
    { global: [false, false], local: [false, true], others: [true, false] }[scope],
  );
});

test("a user changes own metadata and password; other sessions end with the password, app metadata is not theirs", async () => {
  const { email, supabase } = await signedIn();
  const other = client();
  await other.auth.signInWithPassword({ email, password: PASSWORD });
  const changed = await supabase.auth.updateUser({ password: "another password", data: { theme: "dark" } });
  expect(changed.data.user?.user_metadata).toEqual({ name: "User", theme: "dark" });
  expect((await other.auth.refreshSession()).error).not.toBeNull();
  expect((await supabase.auth.refreshSession()).error).toBeNull();
  expect((await client().auth.signInWithPassword({ email, password: PASSWORD })).error).not.toBeNull();
  expect((await client().auth.signInWithPassword({ email, password: "another password" })).error).toBeNull();
  const { data } = await supabase.auth.getSession();
  const bearer = { authorization: `Bearer ${data.session?.access_token}` };
  const body = JSON.stringify({ app_metadata: { role: "admin" }, data: {} });
  const answer = (await (await call("/user", { method: "PUT", headers: bearer, body })).json()) as {
    app_metadata: object;
  };
  expect(answer.app_metadata).not.toHaveProperty("role");
  expect((await supabase.auth.updateUser({ password: "another password" })).error).toMatchObject({
    code: "same_password",
  });
});

test("the admin API makes, lists, changes, bans and deletes users, for the secret key only", async () => {
  const email = "made@acme.test";
  const created = await admin().createUser({
    email,
    password: PASSWORD,
    email_confirm: true,
    app_metadata: { plan: "pro" },
  });
  const id = created.data.user?.id ?? "";
  expect(created.data.user?.app_metadata).toMatchObject({ plan: "pro", provider: "email" });
  expect((await admin().createUser({ email, password: PASSWORD })).error).toMatchObject({ code: "email_exists" });
  expect((await admin().getUserById(id)).data.user?.email).toBe(email);
  expect((await admin().updateUserById(id, { user_metadata: { name: "M" } })).data.user?.user_metadata).toEqual({
    name: "M",
  });

  const page = await admin().listUsers({ page: 1, perPage: 1 });
  expect(page.data.users).toHaveLength(1);
  expect(page.data).toMatchObject({ nextPage: 2 });
  const all = await admin().listUsers({ perPage: 1000 });
  expect(all.data.users.map((user) => user.email)).toContain(email);
  expect("total" in all.data && all.data.total).toBe(all.data.users.length);

  const person = client();
  await person.auth.signInWithPassword({ email, password: PASSWORD });
  await admin().updateUserById(id, { ban_duration: "1h30m" });
  expect((await person.auth.refreshSession()).error).not.toBeNull();
  expect((await person.auth.signInWithPassword({ email, password: PASSWORD })).error).toMatchObject({
    code: "user_banned",
  });
  await admin().updateUserById(id, { ban_duration: "none" });
  expect((await person.auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();

  expect((await admin().deleteUser(id)).error).toBeNull();
  expect((await person.auth.getUser()).error).toMatchObject({ name: "AuthSessionMissingError" });
  expect((await admin().getUserById(id)).error).toMatchObject({ code: "user_not_found" });

  const { session } = await signedIn();
  for (const key of [LOCAL_PUBLISHABLE_KEY, "sb_secret_guess", session.access_token]) {
    expect((await client(key).auth.admin.listUsers()).error?.status).toBeOneOf([401, 403]);
    const headers = { authorization: `Bearer ${key}` };
    expect((await call("/admin/users", { headers })).status).toBe(403);
  }
});

test("the keys are made once and shared by every node on the database", async () => {
  const keys = await Promise.all([loadKeys(database.doors), loadKeys(database.doors)]);
  expect(keys[0].kid).toBe(keys[1].kid);
  expect(keys[0].secretKey).toMatch(/^sb_secret_.{32}$/);
  const { id, session } = await signedIn();
  const second = await serve(createLocalAuth({ doors: database.doors, allowPublicHosts: false }));
  try {
    const other = createClient(`${second.url}/supabase`, LOCAL_PUBLISHABLE_KEY, { auth });
    expect((await other.auth.getUser(session.access_token)).data.user?.id).toBe(id);
    expect((await other.auth.refreshSession({ refresh_token: session.refresh_token })).error).toBeNull();
  } finally {
    await second.close();
  }
});

test("a forged, foreign or expired bearer is refused", async () => {
  const { id, session } = await signedIn();
  const claims = decodeJwt(session.access_token);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [head = "", , signature = ""] = session.access_token.split(".");
  const { publicJwk } = await loadKeys(database.doors);
  const hs256 = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .sign(Buffer.from(JSON.stringify(publicJwk)));
  const forged = [
    `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`,
    `${head}.${encode({ ...claims, email: "admin@acme.test" })}.${signature}`,
    hs256,
    "a.b.c",
    "",
  ];
  for (const token of forged) {
    const answer = await call("/user", { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBeOneOf([401, 403]);
  }
  expect((await client().auth.getUser(session.access_token)).data.user?.id).toBe(id);
  clockMs += 3_601_000;
  expect((await client().auth.getUser(session.access_token)).error).toMatchObject({ status: 403, code: "bad_jwt" });
});

test("wrong passwords and unknown addresses get one answer after the same work", async () => {
  const { email } = await newAccount();
  const attempt = async (address: string) => {
    const started = performance.now();
    const body = JSON.stringify({ email: address, password: "wrong password" });
    const answer = await call("/token?grant_type=password", { method: "POST", body });
    return { status: answer.status, text: await answer.text(), ms: performance.now() - started };
  };
  await attempt("warm@acme.test");
  const known = [];
  const unknown = [];
  for (let i = 0; i < 8; i++) {
    known.push(await attempt(email));
    unknown.push(await attempt(`nobody${i}@acme.test`));
  }
  expect(new Set([...known, ...unknown].map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  // The quickest of each: a busy machine delays some of them, and hastens none.
  const quickest = (list: { ms: number }[]) => Math.min(...list.map(({ ms }) => ms));
  // Answering without the work would be some fifty times faster.
  expect(quickest(unknown) / quickest(known)).toBeGreaterThan(0.2);
  expect(quickest(unknown) / quickest(known)).toBeLessThan(5);
});

test("an account under attack is closed to that address for a minute, and a burst cannot outrun the limit", async () => {
  const { email } = await newAccount();
  const burst = await Promise.all(
    Array.from({ length: 30 }, () => client().auth.signInWithPassword({ email, password: "wrong password" })),
  );
  const codes = burst.map(({ error }) => error?.code);
  expect(codes.filter((code) => code === "invalid_credentials").length).toBeLessThanOrEqual(12);
  const body = JSON.stringify({ email, password: PASSWORD });
  const closed = await call("/token?grant_type=password", { method: "POST", body });
  expect(closed.status).toBe(429);
  expect(Number(closed.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await closed.json()).toMatchObject({ error_code: "over_request_rate_limit" });
  const other = await newAccount();
  expect((await client().auth.signInWithPassword({ email: other.email, password: PASSWORD })).error).toBeNull();
});

test("errors speak the version that the client names", async () => {
  const body = JSON.stringify({ refresh_token: "no" });
  const older = await call("/token?grant_type=refresh_token", { method: "POST", body });
  expect(await older.json()).toEqual({ code: 400, error_code: "refresh_token_not_found", msg: expect.any(String) });
  const headers = { "x-supabase-api-version": "2024-01-01" };
  const newer = await call("/token?grant_type=refresh_token", { method: "POST", body, headers });
  expect(newer.headers.get("x-supabase-api-version")).toBe("2024-01-01");
  expect(await newer.json()).toEqual({ code: "refresh_token_not_found", message: expect.any(String) });
});

test("bad input is refused with 4xx, whatever it is", async () => {
  const bodies = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    '{"email":1,"password":{}}',
    '{"email":"a\\u0000@b.test","password":"12345678"}',
  ];
  bodies.push(
    '{"email":"a@b.test","password":"\\ud800aaaaaaaa"}',
    "[".repeat(10_000),
    JSON.stringify({ email: "x".repeat(70_000) }),
  );
  for (const path of ["/signup", "/token?grant_type=password", "/token?grant_type=refresh_token", "/token"]) {
    for (const body of bodies) {
      const answer = await call(path, { method: "POST", body });
      expect(answer.status, `${path} ${body.slice(0, 40)}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${path} ${body.slice(0, 40)}`).toBeLessThan(500);
    }
  }
  expect((await call("/admin/users/not-a-uuid", { headers: { apikey: secretKey } })).status).toBe(400);
  expect((await call("/user", { method: "PATCH", body: "{}" })).status).toBe(404);
});

test("calls without an API key, and hosts that are not this machine, are refused", async () => {
  expect((await fetch(`${served.url}/supabase/auth/v1/health`)).status).toBe(401);
  expect((await call("/health")).status).toBe(200);
  for (const headers of [
    { "x-forwarded-host": "flightdeck.example.com" },
    { "x-forwarded-for": "203.0.113.9" },
    { "x-forwarded-for": "127.0.0.1, 203.0.113.9" },
  ] as Record<string, string>[]) {
    expect((await call("/health", { headers })).status).toBe(403);
  }
  const open = await serve(createLocalAuth({ doors: database.doors, allowPublicHosts: true }));
  const headers = { apikey: LOCAL_PUBLISHABLE_KEY, "x-forwarded-host": "flightdeck.example.com" };
  expect((await fetch(`${open.url}/supabase/auth/v1/health`, { headers })).status).toBe(200);
  await open.close();
});
