import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { orders } from "@/db/schema";
import { createTestDatabase, type TestDatabase } from "@/test/database";

let database: TestDatabase;
let tenantId: string;
let dir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  tenantId = await database.provision({ slug: "acme", name: "Acme", members: [] });
  dir = await mkdtemp(join(tmpdir(), "import-"));
  const files = {
    "products.csv": "sku,name,units_in_stock,unit_price,discontinued\nA1,Arm,5,100.5,false\nA2,Base,many,7,0\n",
    "customers.csv": "customer_id,name,email,address\nC1,Klein,a@b.test,1 Street\n",
    "orders.csv": "order_id,customer_id,order_date,required_date\nO1,C1,2026-11-01,2026-11-09\n",
    "order_lines.csv": "order_id,sku,qty,unit_price\nO1,A1,2,100.50\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
});

afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true });
});

function importOrders(...args: string[]) {
  const env = { ...process.env, FLIGHTDECK_DATABASE_URL: database.url };
  const run = spawnSync("node_modules/.bin/tsx", ["scripts/import-orders.ts", ...args], { encoding: "utf8", env });
  return { code: run.status, output: run.stdout, errors: run.stderr };
}

test("a folder's orders are in the tenant, and what was refused is named by file, line and column", async () => {
  const first = importOrders("--tenant", "acme", "--dir", dir);
  expect(first.output.split("\n")).toEqual([
    expect.stringMatching(/^products\.csv:3 units_in_stock /),
    "1 products, 1 customers, 1 orders with 1 lines; 0 orders were known, 1 rows refused",
    "",
  ]);
  expect(first.code).toBe(1);
  const context = { tenantId, userId: "import", role: "admin" as const };
  expect(await database.doors.withTenant(context, (tx) => tx.select().from(orders))).toMatchObject([
    { id: "O1", totalMinor: 20_100, currency: "EUR", status: "new" },
  ]);
  await writeFile(join(dir, "products.csv"), "sku,name,units_in_stock,unit_price,discontinued\nA1,Arm,9,100.5,false\n");
  expect(importOrders("--tenant", "acme", "--dir", dir)).toMatchObject({
    code: 0,
    output: expect.stringContaining("1 orders were known, 0 rows refused"),
  });
});

test("what is wrong with the command is said in one line, and nothing is done", () => {
  const wrong: [string[], string][] = [
    [["--tenant", "acme"], "npm run import:orders -- --tenant <slug> --dir <folder> [--currency EUR]\n"],
    [["--tenant", "nobody", "--dir", dir], "there is no tenant nobody\n"],
    [["--tenant", "acme", "--dir", dir, "--currency", "euro"], "euro is not a currency code like EUR\n"],
    [["--tenant", "acme", "--dir", "contract"], "contract has none of "],
  ];
  for (const [args, told] of wrong) {
    const { code, errors } = importOrders(...args);
    expect(errors, args.join(" ")).toContain(told);
    expect(code).toBe(2);
  }
});
