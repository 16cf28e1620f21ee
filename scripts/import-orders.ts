// npm run import:orders -- --tenant T --dir D [--currency EUR]
// Takes products.csv, customers.csv, orders.csv and order_lines.csv of a folder into a tenant, says what it refused and why, and exits
// with 0 when everything was taken, 1 when rows were refused, 2 when nothing could be done.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/with-tenant";
import { IMPORT_FILES, type ImportFiles } from "@/lib/orders/import/import-files";
import { importOrders } from "@/lib/orders/import/import-orders";
import { connectToHome } from "./connect-to-home";

const { values } = parseArgs({
  options: { tenant: { type: "string" }, dir: { type: "string" }, currency: { type: "string", default: "EUR" } },
});
const { tenant: slug, dir, currency } = values;
if (!slug || !dir) fail("npm run import:orders -- --tenant <slug> --dir <folder> [--currency EUR]");
if (!/^[A-Z]{3}$/.test(currency)) fail(`${currency} is not a currency code like EUR`);
await connectToHome();
const [tenant] = await withSystem((tx) => tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug)));
if (!tenant) fail(`there is no tenant ${slug}`);
const files = await readFolder(resolve(dir));
if (Object.keys(files).length === 0) fail(`${dir} has none of ${IMPORT_FILES.join(", ")}`);
const report = await importOrders({ tenantId: tenant.id, userId: "import", role: "admin" }, files, currency);
for (const { file, row, column, message } of report.refusals)
  console.log(`${file}:${row} ${column ? `${column} ` : ""}${message}`);
const { products, customers, orders, lines, known, refusals } = report;
console.log(
  `${products} products, ${customers} customers, ${orders} orders with ${lines} lines; ${known} orders were known, ${refusals.length} rows refused`,
);
process.exit(refusals.length > 0 ? 1 : 0);

async function readFolder(folder: string): Promise<ImportFiles> {
  const read = await Promise.all(
    IMPORT_FILES.map(
      async (name) => [name, await readFile(join(folder, name), "utf8").catch(() => undefined)] as const,
    ),
  );
  return Object.fromEntries(read.filter(([, content]) => content !== undefined));
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
