// The demo's business: what each company sells, who buys it and what is ordered, as files of the same form that anybody may import.
// Among the orders are ones that are short of stock, customers whose cards are declined, and addresses that a carrier refuses.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const FILES = ["products.csv", "customers.csv", "orders.csv", "order_lines.csv"] as const;
const CURRENCIES: Record<string, string> = { acme: "EUR", globex: "USD" };

export interface DemoOrders {
  currency: string;
  files: Record<(typeof FILES)[number], string>;
}

/** The business data of one demo tenant. Throws for an unknown tenant. */
export async function readDemoOrders(slug: string): Promise<DemoOrders> {
  const currency = CURRENCIES[slug];
  if (!currency) throw new Error(`There are no demo orders for "${slug}".`);
  const read = FILES.map(
    async (name) => [name, await readFile(join(import.meta.dirname, slug, name), "utf8")] as const,
  );
  return { currency, files: Object.fromEntries(await Promise.all(read)) as DemoOrders["files"] };
}
