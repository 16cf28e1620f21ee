import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/failures/app-error";
import { paths } from "@/lib/paths";
import { currentCaller } from "./caller";
import type { RequestIdentity } from "./identity";
import { findMembership, membershipsOf } from "./membership";
import { RETURN_PATH_HEADER } from "./return-path";
import { readAccessToken } from "./session-cookie";
import { type SessionUser, verifyToken } from "./verify-token";

// Pages and actions read the session that proxy.ts has just renewed; here nothing is renewed, because a page cannot set cookies.

/** The signed-in user of this page or action, or null. */
export const getSessionUser = cache(async (): Promise<SessionUser | null> => {
  const token = await readAccessToken((await cookies()).getAll());
  if (!token) return null;
  try {
    return await verifyToken(token);
  } catch (error) {
    if (error instanceof AppError && error.status === 401) return null;
    throw error;
  }
});

/** The signed-in user; sends anybody else to sign in and back. */
export async function requireSessionUser(): Promise<SessionUser> {
  const user = await getSessionUser();
  if (user) return user;
  const returnPath = (await headers()).get(RETURN_PATH_HEADER);
  redirect(paths.signIn(returnPath && returnPath !== paths.home() ? returnPath : undefined));
}

/** The tenants that the signed-in user may enter, by name; empty for a user of none. */
export const listMemberships = cache(async (): Promise<RequestIdentity[]> => membershipsOf(await requireSessionUser()));

/**
 * The user's identity in the tenant of that slug. Sends anonymous visitors to sign in and back; a tenant that does not exist and
 * one the user is not a member of are the same "not found".
 */
export const requireMember = cache(async (slug: string): Promise<RequestIdentity> => {
  const identity = await findMembership(await requireSessionUser(), slug);
  return identity ?? notFound();
});

/** The caller's own bearer, for server code that calls another service on their behalf. Empty when nobody is signed in. */
export async function getAuthHeaders(): Promise<Record<string, string>> {
  const token = currentCaller()?.token ?? (await readAccessToken((await cookies()).getAll()));
  return token ? { authorization: `Bearer ${token}` } : {};
}
