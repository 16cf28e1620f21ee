import { notFound } from "@/lib/failures/app-error";
import type { Caller } from "./caller";
import type { RequestIdentity } from "./identity";
import { findMembership, membershipsOf } from "./membership";

/** Selects among the caller's memberships; it never grants one. */
export const TENANT_HEADER = "x-tenant";

/** The caller in the tenant that the header selects, or in their first one without it. Throws `not_found` for a tenant that is not theirs. */
export async function chooseTenant(headers: Headers, { user }: Caller): Promise<RequestIdentity> {
  const slug = headers.get(TENANT_HEADER);
  const identity = slug === null ? (await membershipsOf(user))[0] : await findMembership(user, slug);
  if (!identity) throw notFound();
  return identity;
}
