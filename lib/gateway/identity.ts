import { AsyncLocalStorage } from "node:async_hooks";

/** Who is asking, and in which tenant: from a verified token and a membership row. Nothing in it came from the browser's word. */
export interface RequestIdentity {
  userId: string;
  email: string;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  role: "admin" | "member";
}

const KEY = Symbol.for("flightdeck.identity");
type Holder = { [KEY]?: AsyncLocalStorage<RequestIdentity> };

// On globalThis, because bundlers may load this module several times in one process (and hot reload does): the process's one runner
// must find the identity that whichever copy has bound.
const holder = globalThis as Holder;
holder[KEY] ??= new AsyncLocalStorage<RequestIdentity>();
const storage = holder[KEY];

/** Runs `work` so that everything it awaits can ask who the caller is. */
export function runWithIdentity<T>(identity: RequestIdentity, work: () => T): T {
  return storage.run(identity, work);
}

/** The caller of the current request. Throws outside one: code that needs an identity must not run without it. */
export function requireIdentity(): RequestIdentity {
  const identity = storage.getStore();
  if (!identity) throw new Error("no identity is bound here");
  return identity;
}
