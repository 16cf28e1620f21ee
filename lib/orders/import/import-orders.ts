// Orders from files: what can be taken is taken, and every row that cannot is named with its file, line, column and reason.
import { sql } from "drizzle-orm";
import { customers, orderLines, orders, products } from "@/db/schema";
import { type TenantContext, type Tx, withTenant } from "@/db/with-tenant";
import { forbidden } from "@/lib/failures/app-error";
import { customerColumns, lineColumns, orderColumns, productColumns } from "./columns";
import type { ImportFiles } from "./import-files";
import { type ReadRow, type Refusal, readRows } from "./read-rows";

export interface ImportReport {
  products: number;
  customers: number;
  orders: number;
  lines: number;
  /** Orders that were there before; they are left as they are. */
  known: number;
  refusals: Refusal[];
}

const BATCH = 500;
/** What a customer pays by whose file says nothing about it. */
const DEFAULT_METHODS = ["invoice_30_days"];

/**
 * Takes products, customers and orders into the tenant, in one transaction. Products and customers that exist are brought up to date.
 * Throws `forbidden` for anybody but an admin.
 */
export async function importOrders(
  context: TenantContext,
  files: ImportFiles,
  currency: string,
): Promise<ImportReport> {
  if (context.role !== "admin") throw forbidden("Only admins import orders.");
  const read = {
    products: readRows("products.csv", files["products.csv"] ?? EMPTY.products, productColumns, HEADERS.products),
    customers: readRows("customers.csv", files["customers.csv"] ?? EMPTY.customers, customerColumns, HEADERS.customers),
    orders: readRows("orders.csv", files["orders.csv"] ?? EMPTY.orders, orderColumns, HEADERS.orders),
    lines: readRows("order_lines.csv", files["order_lines.csv"] ?? EMPTY.lines, lineColumns, HEADERS.lines),
  };
  const refusals = Object.values(read).flatMap((file) => file.refusals);
  return withTenant(context, async (tx) => {
    const { tenantId } = context;
    await putProducts(tx, tenantId, read.products.rows);
    await putCustomers(tx, tenantId, read.customers.rows);
    const known = await knownIds(tx);
    const lines = read.lines.rows.filter(({ row, value }) => {
      const refused = !known.skus.has(value.sku);
      if (refused)
        refusals.push({ file: "order_lines.csv", row, column: "sku", message: `there is no product ${value.sku}` });
      return !refused;
    });
    const linesOf = Map.groupBy(lines, ({ value }) => value.order_id);
    const fresh: typeof read.orders.rows = [];
    let repeated = 0;
    const seen = new Set<string>();
    for (const one of read.orders.rows) {
      const { order_id: id, customer_id: customer } = one.value;
      const refuse = (column: string, message: string) =>
        refusals.push({ file: "orders.csv", row: one.row, column, message });
      if (known.orders.has(id)) repeated++;
      else if (seen.has(id)) refuse("order_id", `${id} is in this file twice`);
      else if (!known.customers.has(customer)) refuse("customer_id", `there is no customer ${customer}`);
      else if (!linesOf.has(id)) refuse("order_id", `${id} has no line that could be taken`);
      else fresh.push(one);
      seen.add(id);
    }
    for (const { row, value } of lines) {
      if (!seen.has(value.order_id) && !known.orders.has(value.order_id))
        refusals.push({
          file: "order_lines.csv",
          row,
          column: "order_id",
          message: `there is no order ${value.order_id}`,
        });
    }
    const taken = await putOrders(tx, tenantId, fresh, linesOf, currency);
    return {
      products: read.products.rows.length,
      customers: read.customers.rows.length,
      orders: fresh.length,
      lines: taken,
      known: repeated,
      refusals: refusals.sort((a, b) => a.file.localeCompare(b.file) || a.row - b.row),
    };
  });
}

type Product = ReturnType<typeof productColumns.parse>;
type Customer = ReturnType<typeof customerColumns.parse>;
type Order = ReturnType<typeof orderColumns.parse>;
type Line = ReturnType<typeof lineColumns.parse>;

async function putProducts(tx: Tx, tenantId: string, rows: ReadRow<Product>[]): Promise<void> {
  for (const batch of batches([...new Map(rows.map(({ value }) => [value.sku, value])).values()])) {
    await tx
      .insert(products)
      .values(
        batch.map(({ sku, name, units_in_stock: unitsInStock, unit_price: unitPriceMinor, discontinued }) => ({
          tenantId,
          sku,
          name,
          unitsInStock,
          unitPriceMinor,
          discontinued,
        })),
      )
      .onConflictDoUpdate({
        target: [products.tenantId, products.sku],
        set: {
          name: sql`excluded.name`,
          unitsInStock: sql`excluded.units_in_stock`,
          unitPriceMinor: sql`excluded.unit_price_minor`,
          discontinued: sql`excluded.discontinued`,
          updatedAt: sql`now()`,
        },
      });
  }
}

async function putCustomers(tx: Tx, tenantId: string, rows: ReadRow<Customer>[]): Promise<void> {
  for (const batch of batches([...new Map(rows.map(({ value }) => [value.customer_id, value])).values()])) {
    await tx
      .insert(customers)
      .values(
        batch.map(({ customer_id: id, name, email, address, payment_methods: methods }) => ({
          tenantId,
          id,
          name,
          email,
          address,
          paymentMethods: methods.length > 0 ? methods : DEFAULT_METHODS,
        })),
      )
      .onConflictDoUpdate({
        target: [customers.tenantId, customers.id],
        set: {
          name: sql`excluded.name`,
          email: sql`excluded.email`,
          address: sql`excluded.address`,
          paymentMethods: sql`excluded.payment_methods`,
        },
      });
  }
}

async function knownIds(tx: Tx) {
  const ids = async (query: Promise<{ id: string }[]>) => new Set((await query).map(({ id }) => id));
  return {
    skus: await ids(tx.select({ id: products.sku }).from(products)),
    customers: await ids(tx.select({ id: customers.id }).from(customers)),
    orders: await ids(tx.select({ id: orders.id }).from(orders)),
  };
}

async function putOrders(
  tx: Tx,
  tenantId: string,
  rows: ReadRow<Order>[],
  linesOf: Map<string, ReadRow<Line>[]>,
  currency: string,
): Promise<number> {
  let lines = 0;
  for (const batch of batches(rows.map(({ value }) => value))) {
    await tx.insert(orders).values(
      batch.map(({ order_id: id, customer_id: customerId, order_date: orderDate, required_date: requiredDate }) => ({
        tenantId,
        id,
        customerId,
        orderDate,
        requiredDate,
        currency,
        totalMinor: (linesOf.get(id) ?? []).reduce((sum, { value }) => sum + value.qty * value.unit_price, 0),
      })),
    );
    const rowsOfLines = batch.flatMap(({ order_id: orderId }) =>
      (linesOf.get(orderId) ?? []).map(({ value }, i) => ({
        tenantId,
        orderId,
        lineNo: i + 1,
        sku: value.sku,
        qty: value.qty,
        unitPriceMinor: value.unit_price,
      })),
    );
    for (const some of batches(rowsOfLines)) await tx.insert(orderLines).values(some);
    lines += rowsOfLines.length;
  }
  return lines;
}

function* batches<T>(values: readonly T[]): Generator<T[]> {
  for (let i = 0; i < values.length; i += BATCH) yield values.slice(i, i + BATCH);
}

const HEADERS = {
  products: ["sku", "name", "units_in_stock", "unit_price", "discontinued"],
  customers: ["customer_id", "name", "email", "address"],
  orders: ["order_id", "customer_id", "order_date", "required_date"],
  lines: ["order_id", "sku", "qty", "unit_price"],
};
const EMPTY = Object.fromEntries(Object.entries(HEADERS).map(([kind, names]) => [kind, names.join(",")])) as Record<
  keyof typeof HEADERS,
  string
>;
