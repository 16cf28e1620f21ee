import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrateDatabase } from "@/db/migrate";
import { createPool } from "@/db/pool";
import { type NewTenant, provisionTenant } from "@/db/provision";
import { createDoors, type Doors } from "@/db/with-tenant";

/** A migrated database of one test file's own, on the server that TEST_DATABASE_URL names. */
export interface TestDatabase {
  adminUrl: string;
  /** The restricted login's URL, as the app would use it. */
  url: string;
  pool: pg.Pool;
  doors: Doors;
  provision(tenant: NewTenant): Promise<string>;
  drop(): Promise<void>;
}

export async function createTestDatabase(poolMax = 10): Promise<TestDatabase> {
  const { adminUrl, drop } = await createEmptyDatabase();
  const { url } = await migrateDatabase(adminUrl);
  const pool = createPool(url, poolMax);
  return {
    adminUrl,
    url,
    pool,
    doors: createDoors(() => pool),
    provision: (tenant) => provisionTenant(adminUrl, tenant),
    drop: async () => {
      await pool.end();
      await drop();
    },
  };
}

/** A database that nothing has migrated yet. */
export async function createEmptyDatabase(): Promise<{ adminUrl: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server)
    throw new Error(
      "TEST_DATABASE_URL is not set: run `npm test`, or point it at a Postgres whose login may create databases.",
    );
  const name = `flightdeck_test_${randomBytes(6).toString("hex")}`;
  await administer(server, `create database ${name}`);
  return {
    adminUrl: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
