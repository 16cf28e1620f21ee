import type pg from "pg";

/** A table of ours as the catalogue describes it. */
export interface Table {
  name: string;
  columns: { name: string; type: string; required: boolean; generated: boolean }[];
  primaryKey: string[];
  foreignKeys: { columns: string[]; parent: string; parentColumns: string[] }[];
}

export type Row = Record<string, unknown>;

/** Every table of the schema, parents before children, read from the catalogue: a new table is covered without anyone naming it. */
export async function readTables(client: pg.Client, schema: string): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'required', a.attnotnull and not a.atthasdef, 'generated', a.attgenerated <> '' or a.attidentity = 'a') order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       coalesce((select json_agg(a.attname) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary), '[]') as "primaryKey",
       coalesce((select json_agg(json_build_object('parent', p.relname,
            'columns', (select json_agg(a.attname order by k.ord) from unnest(f.conkey) with ordinality k(num, ord) join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.num),
            'parentColumns', (select json_agg(a.attname order by k.ord) from unnest(f.confkey) with ordinality k(num, ord) join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.num)))
          from pg_constraint f join pg_class p on p.oid = f.confrelid where f.conrelid = c.oid and f.contype = 'f'), '[]') as "foreignKeys"
     from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') order by c.relname`,
    [schema],
  );
  return parentsFirst(rows);
}

function parentsFirst(tables: Table[]): Table[] {
  const sorted: Table[] = [];
  const visit = (table: Table) => {
    if (sorted.includes(table)) return;
    for (const key of table.foreignKeys) {
      const parent = tables.find(({ name }) => name === key.parent);
      if (parent && parent !== table) visit(parent);
    }
    sorted.push(table);
  };
  tables.forEach(visit);
  return sorted;
}

/** Writes one row into each table for this tenant and user, over an administrator's connection. Returns the rows by table. */
export async function plantRows(
  client: pg.Client,
  schema: string,
  tables: Table[],
  owner: { tenantId: string; userId: string },
): Promise<Map<string, Row>> {
  const planted = new Map<string, Row>();
  for (const table of tables) {
    const row = rowFor(table, owner, planted);
    const names = Object.keys(row).map((name) => `"${name}"`);
    const { rows } = await client.query<{ row: Row }>(
      `insert into "${schema}"."${table.name}" (${names}) select ${names} from jsonb_populate_record(null::"${schema}"."${table.name}", $1) returning to_jsonb("${table.name}") as row`,
      [JSON.stringify(row)],
    );
    planted.set(table.name, rows[0]?.row ?? {});
  }
  return planted;
}

/** A row that fits the table's columns and points at the rows planted before it. */
export function rowFor(table: Table, owner: { tenantId: string; userId: string }, planted: Map<string, Row>): Row {
  const row: Row = {};
  for (const column of table.columns) {
    if (column.generated) continue;
    const value =
      ownerValue(table.name, column.name, owner) ??
      (column.required ? sampleOf(column.type, `${table.name}.${column.name}`, owner) : undefined);
    if (value !== undefined) row[column.name] = value;
  }
  for (const key of table.foreignKeys) {
    const parent = planted.get(key.parent);
    if (!parent) continue;
    key.columns.forEach((column, i) => {
      row[column] = parent[key.parentColumns[i] ?? ""];
    });
  }
  return row;
}

function ownerValue(table: string, column: string, owner: { tenantId: string; userId: string }): string | undefined {
  if (column === "tenant_id" || (table === "tenants" && column === "id")) return owner.tenantId;
  if (column === "user_id" || column === "created_by") return owner.userId;
  return undefined;
}

function sampleOf(type: string, label: string, owner: { tenantId: string; userId: string }): unknown {
  if (type.endsWith("[]")) return [];
  if (/^(text|character varying|tsvector)/.test(type))
    return `${label} of ${owner.tenantId} ${owner.userId}`.slice(0, 200);
  if (/^(integer|bigint|smallint|numeric|real|double)/.test(type)) return 1;
  if (type === "boolean") return false;
  if (type === "jsonb" || type === "json") return {};
  if (type.startsWith("timestamp")) return "2026-01-01T00:00:00Z";
  if (type === "date") return "2026-01-01";
  if (type === "uuid") return crypto.randomUUID();
  if (type === "bytea") return "\\x00";
  throw new Error(`no value is known for ${label} of type ${type}: teach test/planted-rows.ts`);
}
