import { afterAll, beforeAll, expect, test } from "vitest";
import { orderLines, orders, products } from "@/db/schema";
import { readDemoOrders } from "@/db/seed/demo/orders";
import type { TenantContext } from "@/db/with-tenant";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { importOrders } from "./import-orders";

let database: TestDatabase;
let ada: TenantContext;

beforeAll(async () => {
  database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const members = [{ userId: "ada", email: "ada@acme.test", role: "admin" as const }];
  ada = { tenantId: await database.provision({ slug: "acme", name: "Acme", members }), userId: "ada", role: "admin" };
});

afterAll(() => database.drop());

const products3 = "sku,name,units_in_stock,unit_price,discontinued\nA1,Arm,5,100.5,false\nA2,Base,0,7,0\n";
const customers1 = 'customer_id,name,email,address\nC1,"Klein, Söhne",a@b.test,"1 Street\nTown"\n';

test("bad rows are refused by file, line and column; the rest is kept, and amounts are exact", async () => {
  const report = await importOrders(
    ada,
    {
      "products.csv": `\uFEFF${products3}A3,Cable,many,19.99,false\nA4,Drill,1,12.345,maybe\n`,
      "customers.csv": customers1,
      "orders.csv":
        "order_id,customer_id,order_date,required_date\nO1,C1,2026-11-01,2026-11-09\nO2,C9,2026-11-01,\nO3,C1,2026-02-30,\nO4,C1,2026-11-01,\nO1,C1,2026-11-01,\n",
      "order_lines.csv": "order_id,sku,qty,unit_price\nO1,A1,2,100.50\nO1,ZZ,1,1\nO1,A2,0,7\nO7,A1,1,1\n",
    },
    "EUR",
  );
  expect(report).toMatchObject({ products: 2, customers: 1, orders: 1, lines: 1 });
  expect(report.refusals.map(({ file, row, column }) => `${file}:${row} ${column}`)).toEqual([
    "order_lines.csv:3 sku",
    "order_lines.csv:4 qty",
    "order_lines.csv:5 order_id",
    "orders.csv:3 customer_id",
    "orders.csv:4 order_date",
    "orders.csv:5 order_id",
    "orders.csv:6 order_id",
    "products.csv:4 units_in_stock",
    "products.csv:5 unit_price",
    "products.csv:5 discontinued",
  ]);
  const stored = await database.doors.withTenant(ada, (tx) => tx.select().from(orders));
  expect(stored).toMatchObject([{ id: "O1", totalMinor: 20_100, status: "new", requiredDate: "2026-11-09" }]);
});

test("importing again changes no order and brings stock up to date; a file without a column is refused as a whole", async () => {
  const again = await importOrders(
    ada,
    {
      "products.csv": "sku;name;units_in_stock;unit_price;discontinued\nA1;Arm;9;100,50;false\n",
      "orders.csv": "order_id,customer_id,order_date,required_date\nO1,C1,2026-12-01,\n",
      "order_lines.csv": "order_id,sku,unit_price\nO1,A1,5\n",
    },
    "EUR",
  );
  expect(again).toMatchObject({ products: 1, orders: 0, known: 1 });
  expect(again.refusals).toEqual([
    { file: "order_lines.csv", row: 1, column: "qty", message: "this column is missing" },
  ]);
  const [arm] = await database.doors.withTenant(ada, (tx) => tx.select().from(products).orderBy(products.sku));
  expect(arm).toMatchObject({ unitsInStock: 9, unitPriceMinor: 10_050 });
  expect(await database.doors.withTenant(ada, (tx) => tx.select().from(orderLines))).toHaveLength(1);
});

test("a member who is no admin imports nothing", async () => {
  await expect(importOrders({ ...ada, role: "member" }, {}, "EUR")).rejects.toMatchObject({ code: "forbidden" });
});

test.each(["acme", "globex"])("the demo orders of %s are taken whole", async (slug) => {
  const { files, currency } = await readDemoOrders(slug);
  const tenantId = await database.provision({ slug: `demo-${slug}`, name: slug, members: [] });
  const report = await importOrders({ ...ada, tenantId }, files, currency);
  expect(report.refusals).toEqual([]);
  expect(report.orders).toBeGreaterThanOrEqual(25);
  expect(report.products).toBeGreaterThanOrEqual(30);
});
