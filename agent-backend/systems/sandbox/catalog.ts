import { and, eq, sql } from "drizzle-orm";
import { products } from "@/db/schema";
import type { TenantWork } from "../../tenant-work";
import type { CatalogPort } from "../catalog";

/** The tenant's own products, by the words of their names and by sku. */
export function sandboxCatalog(work: TenantWork): CatalogPort {
  return {
    search: (query, limit) =>
      work((tx) =>
        tx
          .select({
            sku: products.sku,
            name: products.name,
            unitPriceMinor: products.unitPriceMinor,
            available: products.unitsInStock,
          })
          .from(products)
          .where(and(eq(products.discontinued, false), matches(query)))
          .orderBy(sql`similarity(${products.name}, ${query}) desc, ${products.unitsInStock} desc, ${products.sku}`)
          .limit(limit),
      ),
  };
}

/** Any word of the query in the name, or the beginning of a sku. */
function matches(query: string) {
  const words = query.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const patterns = words.map((word) => `%${word}%`);
  return sql`(${products.name} ilike any(${sql.param(patterns)}::text[]) or ${products.sku} ilike ${`${query.trim().replace(/[\\%_]/g, "\\$&")}%`})`;
}
