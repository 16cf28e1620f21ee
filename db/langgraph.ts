import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type pg from "pg";

/** LangGraph's checkpoints have a schema of their own; its tables are the library's. */
export const LANGGRAPH_SCHEMA = "langgraph";

const LIBRARY = "@langchain/langgraph-checkpoint-postgres";
const TABLES = ["checkpoints", "checkpoint_blobs", "checkpoint_writes"];

/**
 * Makes LangGraph's tables and puts them under row-level security. Its own setup is not safe to run twice at once, so this runs in the
 * migration, under its lock, on the connection that is the owner. The tenant of a row is that of the transaction that writes it.
 * The library is loaded only when its tables are not of its version: that takes a second, which every warm start would wait for.
 */
export async function migrateLanggraph(client: pg.Client): Promise<void> {
  const version = await libraryVersion();
  if ((await versionOfTables(client)) === version) return;
  const { PostgresSaver } = await import("@langchain/langgraph-checkpoint-postgres");
  await new PostgresSaver(poolOf(client), undefined, { schema: LANGGRAPH_SCHEMA }).setup();
  // Changing a table waits for everybody who uses it, so a node that boots later leaves guarded tables alone.
  const { rows } = await client.query<{ tablename: string }>(
    "select tablename from pg_policies where schemaname = $1",
    [LANGGRAPH_SCHEMA],
  );
  const guarded = new Set(rows.map(({ tablename }) => tablename));
  for (const table of TABLES) if (!guarded.has(table)) await guard(client, `${LANGGRAPH_SCHEMA}.${table}`);
  await client.query(`grant usage on schema ${LANGGRAPH_SCHEMA} to flightdeck_runner`);
  await client.query(`comment on schema ${LANGGRAPH_SCHEMA} is ${client.escapeLiteral(version)}`);
}

/** Written last, so that it says nothing of tables that are not guarded yet. */
async function versionOfTables(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ version: string | null }>(
    "select obj_description(oid, 'pg_namespace') as version from pg_namespace where nspname = $1",
    [LANGGRAPH_SCHEMA],
  );
  return rows[0]?.version ?? null;
}

async function libraryVersion(): Promise<string> {
  // The package exports its code alone.
  const manifest = join(createRequire(import.meta.url).resolve(LIBRARY), "..", "..", "package.json");
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  return `${LIBRARY} ${version}`;
}

async function guard(client: pg.Client, name: string): Promise<void> {
  const inTenant = "tenant_id = (select current_setting('flightdeck.tenant', true))";
  await client.query(`alter table ${name} add column tenant_id text not null`);
  await client.query(`alter table ${name} alter column tenant_id set default current_setting('flightdeck.tenant')`);
  await client.query(`alter table ${name} enable row level security`);
  await client.query(`alter table ${name} force row level security`);
  await client.query(`grant select, insert, update, delete on ${name} to flightdeck_runner`);
  await client.query(
    `create policy tenant on ${name} to flightdeck_runner using (${inTenant}) with check (${inTenant})`,
  );
}

/** The one connection of the migration in the shape that the library wants. */
function poolOf(client: pg.Client): pg.Pool {
  const query = client.query.bind(client);
  return { query, connect: async () => ({ query, release: () => {} }) } as unknown as pg.Pool;
}
