import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { authUsers } from "@/db/local-auth/schema";
import type { Tx } from "@/db/with-tenant";
import { AuthError, userNotFound, validationFailed } from "./auth-error";
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from "./passwords";
import { AUDIENCE, withProvider } from "./tokens";

export type LocalUser = typeof authUsers.$inferSelect;

const EMAIL_CHARS_MAX = 254;
// The access token carries it, and a cookie carries the token on every request.
const METADATA_CHARS_MAX = 4_000;
const UNIQUE_VIOLATION = "23505";
const emailSchema = z.string().email().max(EMAIL_CHARS_MAX);

/** The address as it is stored. Throws `validation_failed`. */
export function requireEmail(value: unknown): string {
  const parsed = emailSchema.safeParse(typeof value === "string" ? value.trim().toLowerCase() : value);
  if (!parsed.success) throw validationFailed("Unable to validate email address: invalid format");
  return parsed.data;
}

/** A password that may be set. Throws `weak_password`. */
export function requirePassword(value: unknown): string {
  if (typeof value !== "string" || value === "") throw validationFailed("Signup requires a valid password");
  if (value.length < PASSWORD_CHARS_MIN) {
    const message = `Password should be at least ${PASSWORD_CHARS_MIN} characters.`;
    throw new AuthError(422, "weak_password", message, { weak_password: { reasons: ["length"] } });
  }
  if (value.length > PASSWORD_CHARS_MAX) {
    throw validationFailed(`Password cannot be longer than ${PASSWORD_CHARS_MAX} characters`);
  }
  return value;
}

/** Metadata that may be stored; nothing given is nothing stored. */
export function requireMetadata(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw validationFailed("Metadata must be an object");
  if (JSON.stringify(value).length > METADATA_CHARS_MAX) throw validationFailed("Metadata is too large");
  return value as Record<string, unknown>;
}

export async function findUser(tx: Tx, where: { id: string } | { email: string }): Promise<LocalUser | undefined> {
  const condition: SQL = "id" in where ? eq(authUsers.id, where.id) : eq(authUsers.email, where.email);
  const [user] = await tx.select().from(authUsers).where(condition);
  return user;
}

/** Stores a new user. Throws the given code when the address is taken, which differs between sign-up and the admin API. */
export async function insertUser(
  tx: Tx,
  user: typeof authUsers.$inferInsert,
  taken: "user_already_exists" | "email_exists",
): Promise<LocalUser> {
  const [made] = await tx.insert(authUsers).values(user).onConflictDoNothing().returning();
  if (!made) throw addressTaken(taken);
  return made;
}

export async function updateUser(
  tx: Tx,
  id: string,
  changes: Partial<typeof authUsers.$inferInsert>,
  now: Date,
): Promise<LocalUser> {
  const update = tx
    .update(authUsers)
    .set({ ...changes, updatedAt: now })
    .where(eq(authUsers.id, id));
  const [user] = await update.returning().catch((error: { cause?: { code?: string } }) => {
    throw error.cause?.code === UNIQUE_VIOLATION ? addressTaken("email_exists") : error;
  });
  if (!user) throw userNotFound();
  return user;
}

export async function listUsers(tx: Tx, page: number, perPage: number): Promise<{ users: LocalUser[]; total: number }> {
  const [counted] = await tx.select({ total: sql<number>`count(*)::int` }).from(authUsers);
  const users = await tx
    .select()
    .from(authUsers)
    .orderBy(authUsers.createdAt, authUsers.id)
    .limit(perPage)
    .offset((page - 1) * perPage);
  return { users, total: counted?.total ?? 0 };
}

export const isBanned = (user: LocalUser, now: Date) => user.bannedUntil !== null && user.bannedUntil > now;

/** The user as GoTrue shows it. */
export function userJson(user: LocalUser): Record<string, unknown> {
  const identity = {
    identity_id: user.id,
    id: user.id,
    user_id: user.id,
    identity_data: { email: user.email, email_verified: true, phone_verified: false, sub: user.id },
    provider: "email",
    last_sign_in_at: user.lastSignInAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    email: user.email,
  };
  return {
    id: user.id,
    aud: AUDIENCE,
    role: AUDIENCE,
    email: user.email,
    email_confirmed_at: user.emailConfirmedAt,
    confirmed_at: user.emailConfirmedAt,
    phone: "",
    last_sign_in_at: user.lastSignInAt,
    app_metadata: withProvider(user.appMetadata),
    user_metadata: user.userMetadata,
    identities: [identity],
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    ...(user.bannedUntil ? { banned_until: user.bannedUntil } : {}),
    is_anonymous: false,
  };
}

function addressTaken(code: "user_already_exists" | "email_exists"): AuthError {
  const message =
    code === "user_already_exists"
      ? "User already registered"
      : "A user with this email address has already been registered";
  return new AuthError(422, code, message);
}
