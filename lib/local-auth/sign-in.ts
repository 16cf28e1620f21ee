import { oneOfFew, recordFailure, recordSuccess, requireAttemptLeft, requireSignUpLeft } from "./attempts";
import { AuthError, invalidCredentials, validationFailed } from "./auth-error";
import { hashPassword, verifyPassword } from "./passwords";
import { type LocalAuthContext, openSession, sessionJson } from "./sessions";
import { findUser, insertUser, isBanned, requireEmail, requireMetadata, requirePassword, updateUser } from "./users";

type Body = Record<string, unknown>;

/** Opens a session for an address and its password. Every way to be wrong gets the same answer after the same work. */
export async function signInWithPassword(context: LocalAuthContext, body: Body, address: string): Promise<Body> {
  const { email: given, password } = body;
  if (typeof given !== "string" || typeof password !== "string") throw validationFailed("missing email or password");
  const email = given.trim().toLowerCase();
  return oneOfFew(async () => {
    await requireAttemptLeft(email, address);
    const known = await context.doors.withAuth((tx) => findUser(tx, { email }));
    const fits = await verifyPassword(password, known?.passwordHash);
    const now = context.now();
    if (!known || !fits) {
      await recordFailure(email, address, known ? "password" : "unknown");
      throw invalidCredentials();
    }
    if (isBanned(known, now)) {
      await recordFailure(email, address, "banned");
      throw new AuthError(400, "user_banned", "User is banned");
    }
    await recordSuccess(email, address);
    const { user, session } = await context.doors.withAuth(async (tx) => ({
      user: await updateUser(tx, known.id, { lastSignInAt: now }, now),
      session: await openSession(tx, known, now),
    }));
    return sessionJson(context, user, session);
  });
}

/** Makes an account, confirmed at once (there is no mail server here), and opens its first session. */
export async function signUp(context: LocalAuthContext, body: Body, address: string): Promise<Body> {
  const email = requireEmail(body.email);
  const password = requirePassword(body.password);
  const userMetadata = requireMetadata(body.data);
  await requireSignUpLeft(address);
  const passwordHash = await oneOfFew(() => hashPassword(password));
  const now = context.now();
  const { user, session } = await context.doors.withAuth(async (tx) => {
    const row = { email, passwordHash, userMetadata, emailConfirmedAt: now, lastSignInAt: now };
    const user = await insertUser(tx, row, "user_already_exists");
    return { user, session: await openSession(tx, user, now) };
  });
  return sessionJson(context, user, session);
}
