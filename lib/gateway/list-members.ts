import { asc } from "drizzle-orm";
import { memberships } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";

export interface Member {
  userId: string;
  email: string;
  name: string;
  role: "admin" | "member";
}

/** Everybody in the tenant, by address. */
export async function listMembers(
  context: TenantContext,
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<Member[]> {
  const { userId, email, name, role } = memberships;
  return doors.withTenant(context, (tx) =>
    tx.select({ userId, email, name, role }).from(memberships).orderBy(asc(email)),
  );
}
