import { createHmac, timingSafeEqual } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { badJwt } from "./auth-error";
import { type LocalAuthKeys, SIGNING_ALGORITHM } from "./keys";
import { LOCAL_ISSUER } from "./names";
import type { LocalUser } from "./users";

export const AUDIENCE = "authenticated";

/** An access token with the claims that Supabase Auth gives: https://supabase.com/docs/guides/auth/jwt-fields */
export async function signAccessToken(
  keys: LocalAuthKeys,
  user: LocalUser,
  session: { id: string; createdAt: Date },
  issuedAtS: number,
  lifetimeS: number,
): Promise<string> {
  return new SignJWT({
    email: user.email,
    phone: "",
    app_metadata: withProvider(user.appMetadata),
    user_metadata: user.userMetadata,
    role: AUDIENCE,
    aal: "aal1",
    amr: [{ method: "password", timestamp: Math.floor(session.createdAt.getTime() / 1000) }],
    session_id: session.id,
    is_anonymous: false,
  })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: keys.kid, typ: "JWT" })
    .setIssuer(LOCAL_ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(user.id)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + lifetimeS)
    .sign(keys.privateKey);
}

/** The user and session of a bearer. Throws `bad_jwt`. */
export async function verifyAccessToken(
  keys: LocalAuthKeys,
  token: string,
  now: Date,
): Promise<{ userId: string; sessionId: string }> {
  try {
    const { payload } = await jwtVerify(token, keys.publicKey, {
      algorithms: [SIGNING_ALGORITHM],
      issuer: LOCAL_ISSUER,
      audience: AUDIENCE,
      requiredClaims: ["sub", "exp", "session_id"],
      currentDate: now,
    });
    return { userId: String(payload.sub), sessionId: String(payload.session_id) };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw badJwt();
    throw error;
  }
}

export function withProvider(appMetadata: Record<string, unknown>): Record<string, unknown> {
  return { provider: "email", providers: ["email"], ...appMetadata };
}

const ID_BYTES = 16;
const COUNTER_BYTES = 4;
const MAC_BYTES = 32;

/**
 * A refresh token names its session and its place in the session's line, and is signed. The newest token can be made again, so a
 * request that comes twice gets the same answer without the token being stored.
 */
export function makeRefreshToken(keys: LocalAuthKeys, sessionId: string, counter: number): string {
  const head = Buffer.alloc(ID_BYTES + COUNTER_BYTES);
  head.write(sessionId.replaceAll("-", ""), 0, "hex");
  head.writeUInt32BE(counter, ID_BYTES);
  return Buffer.concat([head, mac(keys, head)]).toString("base64url");
}

/** What a refresh token names, or null when this instance did not sign it. */
export function readRefreshToken(keys: LocalAuthKeys, token: string): { sessionId: string; counter: number } | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== ID_BYTES + COUNTER_BYTES + MAC_BYTES) return null;
  const head = bytes.subarray(0, ID_BYTES + COUNTER_BYTES);
  if (!timingSafeEqual(bytes.subarray(head.length), mac(keys, head))) return null;
  const hex = head.toString("hex", 0, ID_BYTES);
  const sessionId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { sessionId, counter: head.readUInt32BE(ID_BYTES) };
}

const mac = (keys: LocalAuthKeys, head: Buffer) => createHmac("sha256", keys.refreshKey).update(head).digest();
