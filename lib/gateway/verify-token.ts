import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { unauthenticated, unavailable } from "@/lib/failures/app-error";
import { type AuthServer, authServer } from "./auth-server";

/** A person who has proven who they are. Which tenants they may enter is another question: see membership.ts. */
export interface SessionUser {
  /** The subject of the token. */
  userId: string;
  email: string;
}

// What Supabase signs with today. Never a symmetric algorithm: the "secret" would be the public key.
const ALGORITHMS = ["ES256", "RS256"];
const CLOCK_TOLERANCE_S = 5;
// A token that names an unknown key makes us ask for the keys again, at most this often, however many such tokens come.
const COOL_DOWN_MS = 30_000;
const KEYS_FRESH_MS = 600_000;
const KEYS_TIMEOUT_MS = 5_000;

// A browser sends the same token with everything it asks for within minutes, and checking a signature takes longer than most answers.
const VERIFIED_FRESH_MS = 30_000;
const VERIFIED_MAX = 5_000;

interface Verified {
  user: SessionUser;
  untilMs: number;
}

const verified = new Map<string, Verified>();

/** The user of an access token. Throws `unauthenticated` for any token that is not valid here now, `unavailable` without its keys. */
export async function verifyToken(token: string): Promise<SessionUser> {
  const server = authServer();
  const key = `${server.issuer} ${token}`;
  const known = verified.get(key);
  if (known && Date.now() < known.untilMs) return known.user;
  const { user, expiresAtMs } = await verifySignature(token, server);
  verified.delete(key);
  verified.set(key, { user, untilMs: Math.min(Date.now() + VERIFIED_FRESH_MS, expiresAtMs) });
  if (verified.size > VERIFIED_MAX) verified.delete(verified.keys().next().value ?? "");
  return user;
}

async function verifySignature(token: string, server: AuthServer): Promise<{ user: SessionUser; expiresAtMs: number }> {
  try {
    const { payload } = await jwtVerify(token, keysOf(server), {
      algorithms: ALGORITHMS,
      issuer: server.issuer,
      audience: "authenticated",
      requiredClaims: ["sub", "exp"],
      clockTolerance: CLOCK_TOLERANCE_S,
    });
    // A claim may be of any JSON type, whatever the library's types say.
    if (typeof payload.sub !== "string" || payload.sub === "") throw unauthenticated();
    const user = { userId: payload.sub, email: typeof payload.email === "string" ? payload.email : "" };
    return { user, expiresAtMs: ((payload.exp ?? 0) + CLOCK_TOLERANCE_S) * 1000 };
  } catch (error) {
    if (isKeyServerAway(error)) throw unavailable("Sign-in cannot be checked right now.", { cause: error });
    throw unauthenticated();
  }
}

const keySets = new Map<string, JWTVerifyGetKey>();

function keysOf({ jwksUrl, publishableKey }: AuthServer): JWTVerifyGetKey {
  const known = keySets.get(jwksUrl.href);
  if (known) return known;
  const keys = createRemoteJWKSet(jwksUrl, {
    cooldownDuration: COOL_DOWN_MS,
    cacheMaxAge: KEYS_FRESH_MS,
    timeoutDuration: KEYS_TIMEOUT_MS,
    headers: { apikey: publishableKey },
  });
  keySets.set(jwksUrl.href, keys);
  return keys;
}

function isKeyServerAway(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  // jose throws its base class for an answer other than 200, and lets fetch's own TypeError through.
  if (error instanceof errors.JOSEError) return error.code === "ERR_JOSE_GENERIC";
  return error instanceof TypeError && error.cause !== undefined;
}
