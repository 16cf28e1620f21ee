import { type CookieOptions, combineChunks, createServerClient, stringFromBase64URL } from "@supabase/ssr";
import { isAuthRetryableFetchError, type SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { env } from "@/lib/env";
import { unavailable } from "@/lib/failures/app-error";
import { authServer } from "./auth-server";

type Cookie = { name: string; value: string };

/** The cookies of a request, and how the answer sets others. */
export interface CookieJar {
  getAll(): Cookie[];
  setAll(cookies: (Cookie & { options: CookieOptions })[]): void;
}

const ENCODED = "base64-";
// A token about to expire is renewed before it is used, so that it does not die on the way. Less than the client's own 90 s.
const RENEW_BEFORE_S = 60;

const sessionSchema = z.object({ access_token: z.string(), expires_at: z.number() });

/** The Supabase client of one browser session. It may renew the session, so only where the answer can still set cookies. */
export function createSessionClient(jar: CookieJar, headers: Headers): SupabaseClient {
  const { url, publishableKey, local } = authServer();
  return createServerClient(url, publishableKey, {
    cookies: jar,
    cookieOptions: { httpOnly: true, sameSite: "lax", path: "/", secure: env().APP_URL?.startsWith("https:") ?? false },
    global: { headers: local ? wayHere(headers) : {} },
  });
}

/** The session's access token as the cookie has it: neither verified nor renewed. */
export async function readAccessToken(cookies: readonly Cookie[]): Promise<string | null> {
  return (await readSession(cookies))?.access_token ?? null;
}

/** The session's access token, renewed through the jar when it is about to expire. Null without a session that can go on. */
export async function renewAccessToken(jar: CookieJar, headers: Headers): Promise<string | null> {
  const session = await readSession(jar.getAll());
  if (!session) return null;
  const leftS = session.expires_at - Date.now() / 1000;
  if (leftS > RENEW_BEFORE_S) return session.access_token;
  const { data, error } = await createSessionClient(jar, headers).auth.getSession();
  if (isAuthRetryableFetchError(error)) {
    if (leftS > 0) return session.access_token;
    throw unavailable("Your session could not be renewed just now.", { cause: error });
  }
  return data.session?.access_token ?? null;
}

/** The name that supabase-js gives the cookie of this project. */
function cookieName(): string {
  return `sb-${new URL(authServer().url).hostname.split(".")[0]}-auth-token`;
}

function readCookie(cookies: readonly Cookie[]): Promise<string | null> {
  return combineChunks(cookieName(), (name) => cookies.find((cookie) => cookie.name === name)?.value);
}

async function readSession(cookies: readonly Cookie[]): Promise<z.infer<typeof sessionSchema> | null> {
  const value = await readCookie(cookies);
  if (!value) return null;
  try {
    const json = value.startsWith(ENCODED) ? stringFromBase64URL(value.slice(ENCODED.length)) : value;
    return sessionSchema.parse(JSON.parse(json));
  } catch {
    // A cookie that was cut or made up is no session.
    return null;
  }
}

/** The stand-in judges who is calling by the browser's way here, not by the hop from this process to itself. */
function wayHere(headers: Headers): Record<string, string> {
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  const address = headers.get("x-forwarded-for");
  return { ...(host ? { "x-forwarded-host": host } : {}), ...(address ? { "x-forwarded-for": address } : {}) };
}
