import { AsyncLocalStorage } from "node:async_hooks";
import { parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { unauthenticated } from "@/lib/failures/app-error";
import { requireSameOrigin } from "./same-origin";
import { type CookieJar, renewAccessToken } from "./session-cookie";
import { type SessionUser, verifyToken } from "./verify-token";

/** Who sent a request to an API route. */
export interface Caller {
  user: SessionUser;
  token: string;
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Authenticates a request by its bearer, else by the session cookie. A cookie that is about to expire is renewed and a dead one
 * removed: `setCookies` receives the `Set-Cookie` lines, which the answer must carry even when this throws. Throws
 * `unauthenticated`, and `forbidden` for a change that a cookie caller did not ask for from one of our own pages.
 */
export async function authenticate(
  request: Pick<Request, "method" | "headers">,
  setCookies: string[],
): Promise<Caller> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const token = /^bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (!token) throw unauthenticated();
    return { user: await verifyToken(token), token };
  }
  const jar: CookieJar = {
    getAll: () =>
      parseCookieHeader(request.headers.get("cookie") ?? "").map(({ name, value = "" }) => ({ name, value })),
    setAll: (cookies) => {
      for (const { name, value, options } of cookies) setCookies.push(serializeCookieHeader(name, value, options));
    },
  };
  const token = await renewAccessToken(jar, request.headers);
  if (!token) throw unauthenticated();
  const user = await verifyToken(token);
  if (!SAFE_METHODS.has(request.method)) requireSameOrigin(request.headers);
  return { user, token };
}

const storage = new AsyncLocalStorage<Caller>();

/** Runs `work` as the caller, so that `getAuthHeaders` can act on their behalf. */
export function runWithCaller<T>(caller: Caller, work: () => T): T {
  return storage.run(caller, work);
}

/** The caller of the current API request, if this is one. */
export function currentCaller(): Caller | undefined {
  return storage.getStore();
}
