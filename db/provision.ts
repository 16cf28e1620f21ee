import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { newId } from "./ids";
import { PROVISION_ROLE } from "./roles";
import * as schema from "./schema";

export interface NewTenant {
  slug: string;
  name: string;
  description?: string;
  demo?: boolean;
  settings?: schema.StoredSettings;
  members: { userId: string; email: string; name?: string; role: "admin" | "member" }[];
}

/**
 * Makes a tenant with its first members over an administrator's connection; the app's own login cannot. An existing slug is left
 * as it is and gains the members that it lacks. Returns the tenant's id.
 */
export async function provisionTenant(adminUrl: string, tenant: NewTenant): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "flightdeck-provision" });
  await client.connect();
  try {
    return await drizzle(client, { schema }).transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', ${PROVISION_ROLE}, true)`);
      const { members, ...row } = tenant;
      await tx
        .insert(schema.tenants)
        .values({ id: newId("ten"), ...row })
        .onConflictDoNothing();
      const [found] = await tx.select({ id: schema.tenants.id }).from(schema.tenants).where(sql`slug = ${tenant.slug}`);
      if (!found) throw new Error(`tenant ${tenant.slug} was not made`);
      if (members.length > 0) {
        await tx
          .insert(schema.memberships)
          .values(members.map((member) => ({ tenantId: found.id, ...member })))
          .onConflictDoNothing();
      }
      return found.id;
    });
  } finally {
    await client.end();
  }
}
