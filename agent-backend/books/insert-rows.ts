import { getTableColumns, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/with-tenant";
import { portions } from "./row-values";

/** As many rows as one statement carries: small enough that making its JSON holds up nobody. */
const STATEMENT_ROWS = 500;

/**
 * Inserts many rows, each with the same fields, as JSON in one parameter a statement. A parameter for each value would cost a hundred times
 * more on the way to the server: 5,000 invoices with their orders and payments are a quarter of a million values.
 */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table["$inferInsert"][],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([field]) => field in first);
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const name = sql`flightdeck.${sql.identifier(getTableName(table))}`;
  for (const some of portions(rows, STATEMENT_ROWS)) {
    const json = JSON.stringify(
      some.map((row) =>
        Object.fromEntries(columns.map(([field, column]) => [column.name, row[field as keyof typeof row]])),
      ),
    );
    await tx.execute(
      sql`insert into ${name} (${names}) select ${names} from jsonb_populate_recordset(null::${name}, ${json}::jsonb)`,
    );
  }
}
