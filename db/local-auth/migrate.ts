import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { OWNER_ROLE } from "../roles";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Makes the stand-in's tables over a connection that acts as the owner role. A schema `auth` that somebody else owns is a Supabase
 * project's own and is left alone. Returns whether the tables are there.
 */
export async function migrateLocalAuth(owner: pg.Client): Promise<boolean> {
  const { rows } = await owner.query<{ owner: string }>(
    "select nspowner::regrole::text as owner from pg_namespace where nspname = 'auth'",
  );
  if (rows[0] && rows[0].owner !== OWNER_ROLE) return false;
  await migrate(drizzle(owner), {
    migrationsFolder,
    migrationsSchema: "auth",
    migrationsTable: "flightdeck_migrations",
  });
  return true;
}
