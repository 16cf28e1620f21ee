import { and, eq } from "drizzle-orm";
import { authSessions, authUsers } from "@/db/local-auth/schema";
import { oneOfFew } from "./attempts";
import { AuthError, noAuthorization, sessionNotFound, validationFailed } from "./auth-error";
import { hashPassword, verifyPassword } from "./passwords";
import { endSessions, type LocalAuthContext } from "./sessions";
import { verifyAccessToken } from "./tokens";
import { type LocalUser, requireEmail, requireMetadata, requirePassword, updateUser, userJson } from "./users";

/** The caller by their bearer, as long as the session it belongs to was not ended. */
export async function requireCaller(
  context: LocalAuthContext,
  bearer: string | null,
): Promise<{ user: LocalUser; sessionId: string }> {
  if (!bearer) throw noAuthorization();
  const { userId, sessionId } = await verifyAccessToken(await context.keys(), bearer, context.now());
  const [found] = await context.doors.withAuth((tx) =>
    tx
      .select({ user: authUsers })
      .from(authUsers)
      .innerJoin(authSessions, eq(authSessions.userId, authUsers.id))
      .where(and(eq(authUsers.id, userId), eq(authSessions.id, sessionId))),
  );
  if (!found) throw sessionNotFound();
  return { user: found.user, sessionId };
}

/** Changes the caller's own address, password or metadata. A new password ends the user's other sessions. */
export async function changeAccount(
  context: LocalAuthContext,
  bearer: string | null,
  body: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { user, sessionId } = await requireCaller(context, bearer);
  const changes: Parameters<typeof updateUser>[2] = {};
  if (body.email !== undefined) changes.email = requireEmail(body.email);
  // Merged, as GoTrue does; a null removes a key.
  if (body.data !== undefined) changes.userMetadata = mergeMetadata(user.userMetadata, requireMetadata(body.data));
  if (body.password !== undefined) {
    const password = requirePassword(body.password);
    if (await oneOfFew(() => verifyPassword(password, user.passwordHash))) {
      throw new AuthError(422, "same_password", "New password should be different from the old password.");
    }
    changes.passwordHash = await oneOfFew(() => hashPassword(password));
  }
  const changed = await context.doors.withAuth(async (tx) => {
    if (changes.passwordHash) await endSessions(tx, user.id, { except: sessionId });
    return updateUser(tx, user.id, changes, context.now());
  });
  return userJson(changed);
}

/** Ends the caller's session, their others, or all. */
export async function signOut(context: LocalAuthContext, bearer: string | null, scope: string | null): Promise<void> {
  const { user, sessionId } = await requireCaller(context, bearer);
  const which = { global: "all", local: { only: sessionId }, others: { except: sessionId } } as const;
  const chosen = which[(scope ?? "global") as keyof typeof which];
  if (!chosen) throw validationFailed(`Unsupported logout scope "${scope}"`);
  await context.doors.withAuth((tx) => endSessions(tx, user.id, chosen));
}

export function mergeMetadata(old: Record<string, unknown>, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...old, ...given }).filter(([, value]) => value !== null));
}
