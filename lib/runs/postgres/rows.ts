import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";

/** The rows of a written query, as the query's author says they are. */
export async function rowsOf<Row>(tx: Tx, query: SQL): Promise<Row[]> {
  return (await tx.execute(query)).rows as Row[];
}

/** An array as one parameter; drizzle would spread it into a list. */
export const array = (values: unknown[]) => sql.param(values);
