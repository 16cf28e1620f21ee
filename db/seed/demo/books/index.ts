// The demo's books: what each company ordered, was billed and paid, as files of the same form that anybody may upload. Among the invoices is
// at least one of every status, and suppliers whose address nobody knows.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const FILES = ["purchase_orders.csv", "invoices.csv", "bank_transactions.csv", "suppliers.csv"] as const;

/** The books of one demo tenant. Throws for an unknown tenant. */
export async function readDemoBooks(slug: string): Promise<Record<(typeof FILES)[number], Uint8Array>> {
  if (slug !== "acme" && slug !== "globex") throw new Error(`There are no demo books for "${slug}".`);
  const entries = await Promise.all(
    FILES.map(
      async (name): Promise<[string, Uint8Array]> => [name, await readFile(join(import.meta.dirname, slug, name))],
    ),
  );
  return Object.fromEntries(entries) as Record<(typeof FILES)[number], Uint8Array>;
}
