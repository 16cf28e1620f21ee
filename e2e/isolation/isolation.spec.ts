// Attacks the running server over HTTP as everybody who must not get in. What is attacked is read from the app's route files, from
// CopilotKit's own router and from the build's list of server actions, so that a new way in without an entry here fails.
import { type Browser, expect, test } from "@playwright/test";
import { newId } from "../../db/ids";
import { Person, type User } from "../person";
import { COPILOT_KINDS, closedRequest, namesAThing, ROUTES } from "./attacks";
import { forgedTokens } from "./forged-tokens";
import { appRoutes, copilotKinds, serverActions } from "./surface";
import { type Caller, call, callAction, everythingOf, signIn, type Victim } from "./victim";

const CANARY = "The canary of Linz sings at noon.";

// Not routes of the app's own: one is CopilotKit's, attacked kind by kind; the other is where strangers sign in.
const ELSEWHERE = /^\w+ \/(api\/copilotkit|supabase)\//;
const distDir = process.env.NEXT_DIST_DIR ?? ".next";

let base: string;
let victim: Victim;
let owner: Caller;
let strangers: Record<string, string>;

test.beforeAll(async ({ baseURL }) => {
  base = baseURL ?? "";
  owner = { token: await signIn(base, "ben@acme.test"), tenant: "acme" };
  const thread = await call(
    base,
    { verb: "POST", path: "/api/t/acme/threads", body: { agent: "knowledge" } },
    owner.token,
  );
  const document = await call(
    base,
    {
      verb: "POST",
      path: "/api/t/acme/documents",
      body: { title: "Canary", text: CANARY },
    },
    owner.token,
  );
  const batch = await call(
    base,
    { verb: "POST", path: "/api/t/acme/orders/batches", body: { orders: ["ORD-1031"] } },
    owner.token,
  );
  const books = await call(base, { verb: "GET", path: "/api/t/acme/invoices" }, owner.token);
  victim = {
    batchId: JSON.parse(batch.text).id,
    booksId: JSON.parse(books.text).batches[0].id,
    threadId: JSON.parse(thread.text).id,
    documentId: JSON.parse(document.text).id,
    orderId: "ORD-1031",
  };
  strangers = {
    "another tenant's admin": await signIn(base, "gus@globex.test"),
    "another tenant's member": await signIn(base, "gia@globex.test"),
  };
});

/** Every way in that takes an identity, as verb, path and body. */
function attacks(on: Victim, tenant = "acme") {
  const routes = Object.entries(ROUTES).flatMap(([route, attack]) =>
    attack ? [{ name: route, verb: route.split(" ")[0] ?? "", ...attack(on, tenant) }] : [],
  );
  const kinds = Object.entries(COPILOT_KINDS).flatMap(([name, attack]) =>
    attack === "closed" ? [] : [{ name, ...attack(on, tenant) }],
  );
  return [...routes, ...kinds];
}

test("every route, kind and action is named by this suite", () => {
  expect(appRoutes().filter((route) => !ELSEWHERE.test(route))).toEqual(Object.keys(ROUTES).sort());
  expect(copilotKinds()).toEqual(Object.keys(COPILOT_KINDS).sort());
});

test("nobody without a genuine token gets in anywhere", async () => {
  const jwks = await (await fetch(`${base}/supabase/auth/v1/.well-known/jwks.json`)).json();
  const tokens: Record<string, string | undefined> = {
    anonymous: undefined,
    ...(await forgedTokens(owner.token, jwks)),
  };
  const before = await everythingOf(base, owner, victim);
  for (const [who, token] of Object.entries(tokens)) {
    for (const attack of attacks(victim)) {
      const { status, text } = await call(base, attack, token, attack.headers);
      expect(status, `${who}: ${attack.name}`).toBe(401);
      expect(JSON.parse(text).error.code).toBe("unauthenticated");
    }
  }
  expect(await everythingOf(base, owner, victim)).toBe(before);
});

test("another tenant's things answer exactly like things that never were, and stay as they are", async () => {
  const unknown: Victim = {
    threadId: newId("thr"),
    documentId: newId("doc"),
    orderId: "ORD-0",
    batchId: newId("bat"),
    booksId: newId("rec"),
  };
  const before = await everythingOf(base, owner, victim);
  // Through the victim's door, and with the victim's ids through the stranger's own.
  const through = (tenant: string) => {
    const never = attacks(unknown, tenant);
    const pairs = attacks(victim, tenant).map((attack, i) => ({ attack, never: never[i] ?? attack }));
    return tenant === "acme" ? pairs : pairs.filter(({ attack }) => namesAThing(attack.name));
  };
  for (const [who, token] of Object.entries(strangers)) {
    for (const { attack, never } of [...through("acme"), ...through("globex")]) {
      const theirs = await call(base, attack, token, attack.headers);
      const nothing = await call(base, never, token, never.headers);
      expect(theirs.status, `${who}: ${attack.name} at ${attack.path}`).toBe(404);
      expect(withoutTrace(theirs.text), `${who}: ${attack.name}`).toBe(withoutTrace(nothing.text));
    }
  }
  expect(await everythingOf(base, owner, victim)).toBe(before);
});

test("a tenant that exists answers like one that does not, and a header grants nothing", async () => {
  const token = strangers["another tenant's admin"];
  const acme = await call(base, { verb: "GET", path: "/api/t/acme/threads" }, token);
  const nowhere = await call(base, { verb: "GET", path: "/api/t/nowhere/threads" }, token);
  expect(withoutTrace(acme.text)).toBe(withoutTrace(nowhere.text));
  const spoofs: Record<string, string>[] = [
    { "x-tenant": "acme" },
    { "x-tenant-id": "acme", "x-user-id": "ada" },
    { "x-forwarded-user": "ada@acme.test" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  ];
  for (const headers of spoofs) {
    const { status } = await call(
      base,
      { verb: "GET", path: `/api/t/acme/threads/${victim.threadId}` },
      token,
      headers,
    );
    expect(status).toBe(404);
  }
});

test("a colleague shares the tenant's documents and none of another's threads", async () => {
  const { id } = JSON.parse(
    (
      await call(
        base,
        { verb: "POST", path: "/api/t/acme/threads", body: { agent: "knowledge" } },
        await signIn(base, "ada@acme.test"),
      )
    ).text,
  );
  expect((await call(base, { verb: "GET", path: `/api/t/acme/threads/${id}` }, owner.token)).status).toBe(404);
  const admin = await signIn(base, "ada@acme.test");
  expect((await call(base, { verb: "GET", path: `/api/t/acme/threads/${victim.threadId}` }, admin)).status).toBe(200);
  for (const verb of ["PATCH", "DELETE"]) {
    const body = verb === "PATCH" ? { title: "Taken" } : undefined;
    expect((await call(base, { verb, path: `/api/t/acme/threads/${victim.threadId}`, body }, admin)).status).toBe(404);
  }
  for (const kind of ["agent/run", "agent/connect", "agent/stop"]) {
    const attack = COPILOT_KINDS[kind];
    if (typeof attack !== "function") throw new Error(`${kind} is closed`);
    const { verb, path, body, headers } = attack(victim, "acme");
    expect((await call(base, { verb, path, body }, admin, headers)).status, kind).toBe(404);
  }
});

test("what CopilotKit offers and the app does not use is not there, for members too", async () => {
  const paths = Object.entries(COPILOT_KINDS).filter(([, attack]) => attack === "closed");
  const before = await everythingOf(base, owner, victim);
  for (const [kind] of paths) {
    const request = closedRequest(kind, victim);
    for (const path of [request.path, request.path.replace("/api/copilotkit", "/api/copilotkit/anything")]) {
      const { status } = await call(base, { ...request, path }, owner.token, { "x-tenant": "acme" });
      expect([404, 405], `${kind} at ${path}`).toContain(status);
    }
  }
  expect(await everythingOf(base, owner, victim)).toBe(before);
});

test("no server action does anything for a stranger", async ({ browser }) => {
  // Every action, with every thing of the victim's, as three callers: many hundred calls one after the other.
  test.setTimeout(300_000);
  const actions = serverActions(distDir);
  const [ben, gus] = [await cookieOf(browser, "ben"), await cookieOf(browser, "gus")];
  const before = await everythingOf(base, owner, victim);
  const input = {
    ...victim,
    rows: [2],
    row: 2,
    title: "Taken",
    messageId: "m",
    rating: "up",
    agent: "knowledge",
    archived: true,
  };
  const inputs = [
    ...Object.values(victim).map((id) => ({ ...input, id })),
    // A set of books is a batch, too, to the actions of its page.
    { ...input, batchId: victim.booksId, id: victim.booksId },
  ];

  // The same call as the owner gets through: what is refused below is refused for who asks.
  const details = actions.find(({ name }) => name.endsWith(" getThreadDetails"));
  const own = await callAction(base, details?.id ?? "", ["acme", { ...input, id: victim.threadId }], ben);
  expect(own.text).toContain(`"id":"${victim.threadId}"`);

  for (const { id, name } of actions.filter(({ name }) => !name.endsWith(" signOut"))) {
    for (const given of inputs) {
      for (const [who, cookie] of [["anonymous", undefined] as const, ["another tenant's admin", gus] as const]) {
        const { status, text } = await callAction(base, id, ["acme", given], cookie);
        expect(status, `${who}: ${name}`).toBeLessThan(500);
        expect(text, `${who}: ${name}`).not.toContain('"ok":true');
      }
      // In their own tenant they may do things, but not to the victim's.
      const { text } = await callAction(base, id, ["globex", given], gus);
      for (const secret of [...Object.values(victim), CANARY]) expect(text, name).not.toContain(secret);
    }
  }
  expect(await everythingOf(base, owner, victim)).toBe(before);
});

const withoutTrace = (text: string) => text.replace(/"traceId":"[^"]*"/, "");

/** The cookie header of a browser that signed in as this demo user: server actions take no bearer. */
async function cookieOf(browser: Browser, user: User): Promise<string> {
  const page = await browser.newPage();
  await new Person(page, base).signIn(user);
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
