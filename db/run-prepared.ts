import { createHash } from "node:crypto";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { sessionsLast } from "./pool";
import type { Tx } from "./with-tenant";

const dialect = new PgDialect();
// Statements are written in the code, so there are a few dozen; what is beyond that was put together from values, and is not kept.
const NAMES_MAX = 200;
const names = new Map<string, string>();
// 26000 and 42P05: the connection is not the one that prepared it, so there is a pooler after all. 0A000: a migration changed what it returns.
const NOT_KEPT = new Set(["26000", "42P05", "0A000"]);
let refused = false;

/**
 * The rows of a statement that is sent again and again. Each connection has it parsed and planned once and not every time: with the
 * policies of row-level security that is more work for Postgres than running it. Without names where a pooler hands out sessions.
 * It is sent before this returns, so that a commit may follow without waiting for the answer.
 */
export async function runPrepared<Row>(tx: Tx, statement: SQL): Promise<Row[]> {
  const { sql: text, params: values } = dialect.sqlToQuery(statement);
  try {
    const { rows } = await tx.$client.query({ name: statementName(text), text, values });
    return rows as Row[];
  } catch (error) {
    if (NOT_KEPT.has((error as { code?: string }).code ?? "")) refused = true;
    throw error;
  }
}

/** Whether a statement that was prepared will be there the next time its connection is used. */
export function keepsStatements(): boolean {
  return !refused && sessionsLast();
}

function statementName(text: string): string | undefined {
  if (!keepsStatements()) return undefined;
  const known = names.get(text);
  if (known || names.size >= NAMES_MAX) return known;
  // Made from the text: bundlers may load this module several times in one process, and all copies share the connections.
  const name = `flightdeck_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
  names.set(text, name);
  return name;
}
