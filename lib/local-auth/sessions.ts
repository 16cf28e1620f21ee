import { and, eq, lt, ne } from "drizzle-orm";
import { authSessions } from "@/db/local-auth/schema";
import type { Doors, Tx } from "@/db/with-tenant";
import { log } from "@/lib/telemetry/log";
import { AuthError } from "./auth-error";
import type { LocalAuthKeys } from "./keys";
import { makeRefreshToken, readRefreshToken, signAccessToken } from "./tokens";
import { findUser, isBanned, type LocalUser, userJson } from "./users";

export type LocalSession = typeof authSessions.$inferSelect;

/** What every operation of the stand-in needs. */
export interface LocalAuthContext {
  doors: Pick<Doors, "withAuth">;
  keys(): Promise<LocalAuthKeys>;
  now(): Date;
  accessTokenLifetimeS: number;
}

// Two tabs that refresh at once present the same token; Supabase's default is the same ten seconds.
const REUSE_WINDOW_MS = 10_000;
const IDLE_DAYS_MAX = 30;
const DAY_MS = 86_400_000;

/** Opens a session for a user who has just proven who they are. */
export async function openSession(tx: Tx, user: LocalUser, now: Date): Promise<LocalSession> {
  const idleSince = new Date(now.getTime() - IDLE_DAYS_MAX * DAY_MS);
  await tx.delete(authSessions).where(and(eq(authSessions.userId, user.id), lt(authSessions.refreshedAt, idleSince)));
  const session = { userId: user.id, refreshedAt: now, createdAt: now };
  const [opened] = await tx.insert(authSessions).values(session).returning();
  if (!opened) throw new Error("no session was opened");
  return opened;
}

/** Ends sessions of a user: all of them, one, or all but one. */
export async function endSessions(tx: Tx, userId: string, which: "all" | { only: string } | { except: string }) {
  const conditions = [eq(authSessions.userId, userId)];
  if (which !== "all" && "only" in which) conditions.push(eq(authSessions.id, which.only));
  if (which !== "all" && "except" in which) conditions.push(ne(authSessions.id, which.except));
  await tx.delete(authSessions).where(and(...conditions));
}

/**
 * Trades a refresh token for a new session body. A token works once; within ten seconds of that use it gets the same successor
 * again. Later it is taken for stolen, and the session it belongs to ends, whoever holds its newest token.
 */
export async function refreshSession(context: LocalAuthContext, token: unknown): Promise<Record<string, unknown>> {
  const keys = await context.keys();
  const claim = typeof token === "string" ? readRefreshToken(keys, token) : null;
  if (!claim) throw unknownToken();
  const now = context.now();
  // The outcome is returned, not thrown: throwing would roll back the end of a stolen session.
  const outcome = await context.doors.withAuth(async (tx) => {
    const [session] = await tx.select().from(authSessions).where(eq(authSessions.id, claim.sessionId)).for("update");
    if (!session || claim.counter > session.refreshCounter) return unknownToken();
    const user = await findUser(tx, { id: session.userId });
    if (!user) return unknownToken();
    const idleMs = now.getTime() - session.refreshedAt.getTime();
    if (isBanned(user, now)) return new AuthError(400, "user_banned", "Invalid Refresh Token: User Banned");
    if (idleMs > IDLE_DAYS_MAX * DAY_MS)
      return new AuthError(400, "session_expired", "Invalid Refresh Token: Session Expired");
    if (claim.counter === session.refreshCounter) {
      const next = { refreshCounter: session.refreshCounter + 1, refreshedAt: now };
      await tx.update(authSessions).set(next).where(eq(authSessions.id, session.id));
      return { user, session: { ...session, ...next } };
    }
    if (claim.counter === session.refreshCounter - 1 && idleMs <= REUSE_WINDOW_MS) return { user, session };
    await endSessions(tx, user.id, { only: session.id });
    log.warn({ event: "auth.refresh_token_reused", userId: user.id, sessionId: session.id });
    return new AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used");
  });
  if (outcome instanceof AuthError) throw outcome;
  return sessionJson(context, outcome.user, outcome.session);
}

/** The session as GoTrue answers it, with fresh tokens. */
export async function sessionJson(
  context: LocalAuthContext,
  user: LocalUser,
  session: LocalSession,
): Promise<Record<string, unknown>> {
  const keys = await context.keys();
  const issuedAtS = Math.floor(context.now().getTime() / 1000);
  return {
    access_token: await signAccessToken(keys, user, session, issuedAtS, context.accessTokenLifetimeS),
    token_type: "bearer",
    expires_in: context.accessTokenLifetimeS,
    expires_at: issuedAtS + context.accessTokenLifetimeS,
    refresh_token: makeRefreshToken(keys, session.id, session.refreshCounter),
    user: userJson(user),
  };
}

const unknownToken = () =>
  new AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found");
