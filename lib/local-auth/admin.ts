import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { authUsers } from "@/db/local-auth/schema";
import { mergeMetadata } from "./account";
import { userNotFound, validationFailed } from "./auth-error";
import { hashPassword } from "./passwords";
import { endSessions, type LocalAuthContext } from "./sessions";
import { AUDIENCE } from "./tokens";
import {
  findUser,
  insertUser,
  listUsers,
  requireEmail,
  requireMetadata,
  requirePassword,
  updateUser,
  userJson,
} from "./users";

type Body = Record<string, unknown>;

const PER_PAGE = 50;
const PER_PAGE_MAX = 1000;
const pageSchema = z.coerce.number().int().min(1).max(1_000_000).catch(1);
const perPageSchema = z.coerce.number().int().min(1).max(PER_PAGE_MAX).catch(PER_PAGE);
const uuid = z.string().uuid();

export async function createUserAsAdmin(context: LocalAuthContext, body: Body): Promise<Body> {
  const email = requireEmail(body.email);
  const now = context.now();
  // Without a password nobody knows one: the account waits until an administrator sets it.
  const password = body.password === undefined ? randomBytes(32).toString("base64url") : requirePassword(body.password);
  const row = {
    email,
    passwordHash: await hashPassword(password),
    appMetadata: requireMetadata(body.app_metadata),
    userMetadata: requireMetadata(body.user_metadata),
    emailConfirmedAt: now,
    bannedUntil: bannedUntil(body.ban_duration, now) ?? null,
    ...(body.id === undefined ? {} : { id: requireUserId(body.id) }),
  };
  return userJson(await context.doors.withAuth((tx) => insertUser(tx, row, "email_exists")));
}

/** One page of users, with the headers that the client reads its pagination from. */
export async function listUsersAsAdmin(context: LocalAuthContext, url: URL): Promise<Response> {
  // The client sends empty parameters for what was not chosen.
  const page = pageSchema.parse(url.searchParams.get("page") || 1);
  const perPage = perPageSchema.parse(url.searchParams.get("per_page") || PER_PAGE);
  const { users, total } = await context.doors.withAuth((tx) => listUsers(tx, page, perPage));
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const link = (to: number, rel: string) => `<${url.pathname}?page=${to}&per_page=${perPage}>; rel="${rel}"`;
  const links = [...(page < lastPage ? [link(page + 1, "next")] : []), link(lastPage, "last")];
  const headers = { "x-total-count": String(total), link: links.join(", ") };
  return Response.json({ users: users.map(userJson), aud: AUDIENCE }, { headers });
}

export async function getUserAsAdmin(context: LocalAuthContext, id: string): Promise<Body> {
  const user = await context.doors.withAuth((tx) => findUser(tx, { id: requireUserId(id) }));
  if (!user) throw userNotFound();
  return userJson(user);
}

/** Changes a user. A new password or a ban ends all of the user's sessions. */
export async function updateUserAsAdmin(context: LocalAuthContext, id: string, body: Body): Promise<Body> {
  const userId = requireUserId(id);
  const now = context.now();
  const changes: Parameters<typeof updateUser>[2] = {};
  if (body.email !== undefined) changes.email = requireEmail(body.email);
  if (body.password !== undefined) changes.passwordHash = await hashPassword(requirePassword(body.password));
  const until = bannedUntil(body.ban_duration, now);
  if (until !== undefined) changes.bannedUntil = until;
  const user = await context.doors.withAuth(async (tx) => {
    const known = await findUser(tx, { id: userId });
    if (!known) throw userNotFound();
    if (body.app_metadata !== undefined) {
      changes.appMetadata = mergeMetadata(known.appMetadata, requireMetadata(body.app_metadata));
    }
    if (body.user_metadata !== undefined) {
      changes.userMetadata = mergeMetadata(known.userMetadata, requireMetadata(body.user_metadata));
    }
    if (changes.passwordHash || changes.bannedUntil) await endSessions(tx, userId, "all");
    return updateUser(tx, userId, changes, now);
  });
  return userJson(user);
}

export async function deleteUserAsAdmin(context: LocalAuthContext, id: string): Promise<Body> {
  const userId = requireUserId(id);
  const [gone] = await context.doors.withAuth((tx) =>
    tx.delete(authUsers).where(eq(authUsers.id, userId)).returning({ id: authUsers.id }),
  );
  if (!gone) throw userNotFound();
  return {};
}

function requireUserId(value: unknown): string {
  const parsed = uuid.safeParse(value);
  if (!parsed.success) throw validationFailed("user_id must be an UUID");
  return parsed.data;
}

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
// Postgres and Date both end somewhere; a century is for ever.
const BAN_MS_MAX = 100 * 365 * 86_400_000;

/** The end of a ban given as a Go duration ("24h", "1h30m", "none"); undefined when none was given. */
function bannedUntil(value: unknown, now: Date): Date | null | undefined {
  if (value === undefined) return undefined;
  if (value === "none") return null;
  if (typeof value !== "string" || !/^(\d+[hms])+$/.test(value)) {
    throw validationFailed("invalid format for ban duration");
  }
  const parts = [...value.matchAll(/(\d+)([hms])/g)];
  const totalMs = parts.reduce((sum, [, count, unit = "s"]) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0);
  return new Date(now.getTime() + Math.min(totalMs, BAN_MS_MAX));
}
