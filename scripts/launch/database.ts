import { migrateDatabase } from "@/db/migrate";
import { loginUrl } from "@/db/roles";
import { StepFailure } from "../bootstrap/step.mjs";

/** How the node's processes reach the database. */
export interface DatabaseAccess {
  /** The restricted login that web and agent backend use. */
  url: string;
  /** The same for LISTEN, where `url` goes through a pooler. */
  directUrl: string | undefined;
  /** Undefined when the operator gave a restricted login: then nothing was migrated and the demo cannot be seeded. */
  adminUrl: string | undefined;
}

/**
 * Migrates the database and derives the restricted login. Migrations hold a session-level lock, so they go over the direct
 * connection where there is one.
 */
export async function migrate(databaseUrl: string, directUrl: string | undefined): Promise<DatabaseAccess> {
  const adminUrl = directUrl ?? databaseUrl;
  const { url, migrated } = await migrateDatabase(adminUrl).catch((error: Error & { code?: string }) => {
    throw new StepFailure(
      `the database at ${withoutPassword(adminUrl)}: ${error.message || error.code}`,
      fixFor(error.code),
      causeOf(error),
    );
  });
  return {
    url: directUrl && migrated ? loginUrl(databaseUrl) : directUrl ? databaseUrl : url,
    directUrl: directUrl && url,
    adminUrl: migrated ? adminUrl : undefined,
  };
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Drizzle wraps the server's words into "Failed query"; the words are what helps. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : "";
}

function fixFor(code: string | undefined): string {
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "ETIMEDOUT")
    return "start that server, or correct DATABASE_URL; without it an embedded Postgres is used";
  if (code === "28P01" || code === "28000") return "correct the user and password in DATABASE_URL";
  if (code === "3D000") return "create that database, or correct the name in DATABASE_URL";
  if (code === "42501")
    return "give DATABASE_URL a login that may create roles, schemas and extensions, or migrate once with such a login";
  return "the lines above are the server's own; DATABASE_URL names the server and the login";
}
