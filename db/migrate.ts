import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { migrateLanggraph } from "./langgraph";
import { migrateLocalAuth } from "./local-auth/migrate";
import { ensureRoles, LOGIN_ROLE, loginPassword, loginUrl, OWNER_ROLE } from "./roles";

// Any number; the same on every node, so that several may boot at once and one migrates while the others wait.
const MIGRATION_LOCK = 4_105_778_321;
const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Where the processes should connect after a migration. */
export interface Migrated {
  /** A login that owns nothing and cannot bypass row-level security. */
  url: string;
  /** False when `adminUrl` is itself such a login: it is used as it is and nothing was migrated. */
  migrated: boolean;
}

/**
 * Brings the database at `adminUrl` to this version and returns the restricted login that the app uses. Safe to run from several
 * nodes at once. A login that may not create roles is taken for the operator's own restricted one.
 */
export async function migrateDatabase(adminUrl: string): Promise<Migrated> {
  const client = new pg.Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "flightdeck-migrate",
  });
  await client.connect();
  try {
    if (!(await mayMigrate(client))) return { url: adminUrl, migrated: false };
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await ensureRoles(client, loginPassword(adminUrl));
    const { rows } = await client.query<{ name: string }>("select current_database() as name");
    await client.query(
      `grant create, connect on database ${client.escapeIdentifier(rows[0]?.name ?? "")} to ${OWNER_ROLE}`,
    );
    // Trusted extensions, but making them needs a right that the owner role does not have on every service.
    await client.query("create extension if not exists pg_trgm");
    await client.query(`set role ${OWNER_ROLE}`);
    await migrate(drizzle(client), { migrationsFolder, migrationsSchema: "flightdeck", migrationsTable: "migrations" });
    // The migrator's own table; the app reads it to tell whether the database is as new as itself.
    await client.query(`grant select on flightdeck.migrations to ${LOGIN_ROLE}`);
    await migrateLocalAuth(client);
    await migrateLanggraph(client);
    await client.query("reset role");
    return { url: loginUrl(adminUrl), migrated: true };
  } finally {
    // Ending the session releases the advisory lock.
    await client.end();
  }
}

async function mayMigrate(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    "select rolsuper or rolcreaterole as privileged from pg_roles where rolname = current_user",
  );
  return rows[0]?.privileged === true;
}
