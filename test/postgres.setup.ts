import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/launch/postgres/embedded";
import { freePort } from "./free-port";

let home: string | undefined;
let postgres: EmbeddedPostgres | undefined;

/** Starts an embedded Postgres for the integration tests, unless TEST_DATABASE_URL names a server to use. */
export async function setup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL) return;
  home = mkdtempSync(join(tmpdir(), "flightdeck-test-"));
  // Under root Postgres runs as another account, which must reach its files.
  chmodSync(home, 0o711);
  postgres = await startEmbeddedPostgres(home, await freePort());
  process.env.TEST_DATABASE_URL = postgres.adminUrl;
}

export async function teardown(): Promise<void> {
  await postgres?.stop(5_000);
  if (home) rmSync(home, { recursive: true, force: true });
}
