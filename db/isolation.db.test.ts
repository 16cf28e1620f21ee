import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../test/database";
import { plantRows, type Row, readTables, rowFor, type Table } from "../test/planted-rows";

// Who inside the tenant may read a row that a colleague made. A table without an entry fails the suite: whoever adds one decides.
const AUDIENCE: Record<string, "everyone" | "owner" | "admin" | "nobody"> = {
  approvals: "everyone",
  audit_log: "admin",
  batches: "everyone",
  bank_transactions: "everyone",
  budgets: "admin",
  chunks: "everyone",
  corpora: "everyone",
  customers: "everyone",
  documents: "everyone",
  effects: "everyone",
  email_drafts: "everyone",
  feedback: "owner",
  graph_threads: "everyone",
  invoice_payments: "everyone",
  invoice_results: "everyone",
  invoices: "everyone",
  match_edits: "everyone",
  memberships: "everyone",
  messages: "owner",
  order_lines: "everyone",
  orders: "everyone",
  postings: "everyone",
  products: "everyone",
  purchase_order_lines: "everyone",
  purchase_orders: "everyone",
  reconciliation_batches: "everyone",
  refused_rows: "everyone",
  remembered_answers: "everyone",
  run_events: "owner",
  runs: "owner",
  sandbox_ledger: "everyone",
  spend: "admin",
  spend_reservations: "owner",
  suppliers: "everyone",
  tenants: "everyone",
  thread_contexts: "owner",
  threads: "owner",
  transaction_results: "everyone",
  usage: "owner",
  vocabulary: "everyone",
};
// Not tenant data: the migrator's own list, and counters that hold no content.
const NOT_TENANT_DATA = ["migrations", "rate_limits", "run_nodes"];

interface Caller {
  role: string;
  tenant: string;
  user: string;
  tenantRole: string;
}
type Verb = "select" | "insert" | "update" | "delete";
const VERBS: Verb[] = ["select", "insert", "update", "delete"];

let database: TestDatabase;
let admin: pg.Client;
let tables: Table[];
let rowsOfA: Map<string, Row>;
let rowsOfB: Map<string, Row>;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  tables = (await readTables(admin, "flightdeck")).filter(({ name }) => !NOT_TENANT_DATA.includes(name));
  rowsOfA = await plantRows(admin, "flightdeck", tables, { tenantId: "tenant-a", userId: "anna" });
  rowsOfB = await plantRows(admin, "flightdeck", tables, { tenantId: "tenant-b", userId: "bert" });
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

const app = (tenant: string, user: string, tenantRole: string): Caller => ({
  role: "flightdeck_app",
  tenant,
  user,
  tenantRole,
});
// A user of both tenants sees, bound to one, nothing of the other but that the membership exists.
const IN_BOTH = "a member of both, bound to the other tenant";
const OWN_MEMBERSHIPS = ["tenants", "memberships"];
const STRANGERS: Record<string, Caller> = {
  "no claims": app("", "", ""),
  "a user without a tenant": app("", "bert", ""),
  "another tenant's member": app("tenant-b", "bert", "member"),
  "another tenant's admin": app("tenant-b", "bert", "admin"),
  [IN_BOTH]: app("tenant-b", "anna", "admin"),
  "another tenant's run engine": { ...app("tenant-b", "", ""), role: "flightdeck_runner" },
};

/** Tries one verb on A's row as `caller`. Returns how many rows it reached; being refused counts as none. */
async function attempt(caller: Caller, verb: Verb, table: Table, schema = "flightdeck"): Promise<number> {
  const client = await database.pool.connect();
  const name = `${schema}."${table.name}"`;
  const tenantColumn = table.name === "tenants" ? "id" : "tenant_id";
  try {
    await client.query("begin");
    await client.query(
      "select set_config('role', $1, true), set_config('flightdeck.tenant', $2, true), set_config('flightdeck.user', $3, true), set_config('flightdeck.role', $4, true)",
      [caller.role, caller.tenant, caller.user, caller.tenantRole],
    );
    const where = `where "${tenantColumn}" = 'tenant-a'`;
    if (verb === "select") return (await client.query(`select "${tenantColumn}" from ${name} ${where}`)).rowCount ?? 0;
    if (verb === "update")
      return (await client.query(`update ${name} set "${tenantColumn}" = "${tenantColumn}" ${where}`)).rowCount ?? 0;
    if (verb === "delete") return (await client.query(`delete from ${name} ${where}`)).rowCount ?? 0;
    const row = {
      ...rowFor(table, { tenantId: "tenant-a", userId: caller.user || "anna" }, rowsOfA),
      ...freshKey(table),
    };
    const names = Object.keys(row).map((column) => `"${column}"`);
    const inserted = await client.query(
      `insert into ${name} (${names}) select ${names} from jsonb_populate_record(null::${name}, $1)`,
      [JSON.stringify(row)],
    );
    return inserted.rowCount ?? 0;
  } catch (error) {
    // 42501: no right, or a row-level security policy said no. Anything else is a fault of this test or of the schema.
    if ((error as { code?: string }).code === "42501") return 0;
    throw error;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** A new value for the last text column of the key, so that an insert is refused for whose row it is and not as a duplicate. */
function freshKey(table: Table): Row {
  const own = table.primaryKey.filter(
    (column) => !table.foreignKeys.some((key) => key.columns.includes(column)) && !/tenant_id|user_id/.test(column),
  );
  const column = table.columns.find(({ name }) => name === own.at(-1));
  if (!column) return {};
  return { [column.name]: column.type === "text" ? crypto.randomUUID() : 999 };
}

async function hashOfA(): Promise<string> {
  const hashes = [];
  for (const { name } of tables) {
    const column = name === "tenants" ? "id" : "tenant_id";
    const { rows } = await admin.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from flightdeck."${name}" t where "${column}" = 'tenant-a'`,
    );
    hashes.push(`${name} ${rows[0]?.hash}`);
  }
  return hashes.join("\n");
}

test("every table says who in the tenant may read it", () => {
  expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(AUDIENCE).sort());
});

test("no stranger reads, writes, changes or removes a row, by any verb, on any table", async () => {
  const before = await hashOfA();
  const reached: string[] = [];
  for (const [who, caller] of Object.entries(STRANGERS)) {
    for (const table of tables) {
      for (const verb of VERBS) {
        if (who === IN_BOTH && verb === "select" && OWN_MEMBERSHIPS.includes(table.name)) continue;
        if ((await attempt(caller, verb, table)) > 0) reached.push(`${who}: ${verb} ${table.name}`);
      }
    }
  }
  expect(reached).toEqual([]);
  expect(await hashOfA()).toBe(before);
});

test("the same attempts by the owner do reach the rows, so the check above can fail", async () => {
  const owner = app("tenant-a", "anna", "admin");
  for (const table of tables) expect(await attempt(owner, "select", table), table.name).toBeGreaterThan(0);
  expect(await attempt(owner, "insert", tables.find(({ name }) => name === "threads") as Table)).toBe(1);
});

test("the agents' checkpoints are the tenant's own: their engine reaches them, and nobody else does by any verb", async () => {
  const checkpoints = (await readTables(admin, "langgraph")).filter(({ name }) => name !== "checkpoint_migrations");
  expect(checkpoints.map(({ name }) => name)).toEqual(["checkpoint_blobs", "checkpoint_writes", "checkpoints"]);
  rowsOfA = new Map([
    ...rowsOfA,
    ...(await plantRows(admin, "langgraph", checkpoints, { tenantId: "tenant-a", userId: "anna" })),
  ]);
  const outside = { ...STRANGERS, "a member of the tenant": app("tenant-a", "anna", "admin") };
  const reached: string[] = [];
  for (const [who, caller] of Object.entries(outside))
    for (const table of checkpoints)
      for (const verb of VERBS)
        if ((await attempt(caller, verb, table, "langgraph")) > 0) reached.push(`${who}: ${verb} ${table.name}`);
  expect(reached).toEqual([]);
  const engine = { ...app("tenant-a", "", ""), role: "flightdeck_runner" };
  for (const table of checkpoints)
    expect(await attempt(engine, "select", table, "langgraph"), table.name).toBeGreaterThan(0);
});

test("a colleague reads what the tenant shares and nothing private, and changes neither", async () => {
  const colleague = app("tenant-a", "carl", "member");
  for (const table of tables) {
    expect((await attempt(colleague, "select", table)) > 0, `select ${table.name}`).toBe(
      AUDIENCE[table.name] === "everyone",
    );
    // Passages are replaced together with their document, whose own policy decides.
    if (AUDIENCE[table.name] === "everyone" && table.name !== "documents") continue;
    expect(await attempt(colleague, "update", table), `update ${table.name}`).toBe(0);
    expect(await attempt(colleague, "delete", table), `delete ${table.name}`).toBe(0);
  }
});

test("a row cannot be moved to another tenant or made to point into one", async () => {
  const { rows } = await admin.query<{ conname: string; relname: string }>(
    `select f.conname, c.relname from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid
      where f.contype = 'f' and c.relnamespace = 'flightdeck'::regnamespace and p.relname <> 'tenants'
        and not exists (select 1 from pg_attribute a where a.attrelid = f.conrelid and a.attname = 'tenant_id' and a.attnum = any(f.conkey))`,
  );
  expect(rows, "each foreign key carries the tenant, so that a row cannot name another tenant's parent").toEqual([]);
  expect(rowsOfB.size).toBe(tables.length);
});

test("row-level security is forced everywhere, and nothing of ours can bypass it", async () => {
  const ask = async (query: string) => (await admin.query(query)).rows;
  expect(
    await ask(`select relname from pg_class where relnamespace = 'flightdeck'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'
      and (not relrowsecurity or not relforcerowsecurity or not exists (select 1 from pg_policy where polrelid = pg_class.oid))`),
  ).toEqual([]);
  expect(
    await ask(
      "select rolname from pg_roles where rolname like 'flightdeck%' and rolname <> 'flightdeck_admin' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
    ),
  ).toEqual([]);
  expect(
    await ask(
      `select relname, pg_get_userbyid(relowner) as owner from pg_class where relnamespace = 'flightdeck'::regnamespace and pg_get_userbyid(relowner) <> 'flightdeck_owner'`,
    ),
  ).toEqual([]);
  expect(
    await ask("select proname from pg_proc where pronamespace = 'flightdeck'::regnamespace and prosecdef"),
  ).toEqual([]);
  expect(await ask("select rolname from pg_roles where rolname in ('flightdeck_web') and rolinherit")).toEqual([]);
  expect(
    await ask(
      "select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = 'flightdeck_web' and r.rolname in ('flightdeck_owner', 'flightdeck_provision')",
    ),
  ).toEqual([]);
});
