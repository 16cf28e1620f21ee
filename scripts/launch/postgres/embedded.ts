// An embedded Postgres: the real server from npm, made, adopted, started and stopped here, with no account or service set up.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { findBinaries } from "./binaries";
import { adminUrl, DATABASE, dataDirectory, openCluster } from "./cluster";
import { ensureInitialised } from "./initdb";
import { isPostmaster, readPostmaster } from "./postmaster-file";
import { adoptServer, type Server, startServer } from "./server";

export interface EmbeddedPostgres extends Server {
  /** The administrator's URL. */
  adminUrl: string;
}

/**
 * Brings up the Postgres of a home: makes its files the first time, takes over a server that already runs on them, else starts
 * one on `port` of loopback. Works as root, from folders closed to others, and after any kind of crash.
 */
export async function startEmbeddedPostgres(home: string, port: number): Promise<EmbeddedPostgres> {
  makeHome(home);
  const { cluster, account } = await openCluster(home);
  const native = await findBinaries(account);
  await ensureInitialised(native, cluster, account);
  const server =
    (await adoptServer(cluster)) ??
    (await startServer({ native, cluster, account, port, logFolder: join(home, "logs") }));
  await ensureDatabase(adminUrl(cluster, server.port, "postgres"));
  return { ...server, adminUrl: adminUrl(cluster, server.port, DATABASE) };
}

/** Whether a server runs on the home's data already, so that no port has to be free for it. */
export async function embeddedPostgresRuns(home: string): Promise<boolean> {
  makeHome(home);
  const { cluster } = await openCluster(home);
  const found = await readPostmaster(dataDirectory(cluster));
  return found !== undefined && isPostmaster(found, dataDirectory(cluster));
}

/** The home is for its owner alone; under root Postgres's account must be able to walk through it to the data. */
export function makeHome(home: string): void {
  if (mkdirSync(home, { recursive: true })) chmodSync(home, process.getuid?.() === 0 ? 0o711 : 0o700);
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
