import { z } from "zod";
import type { CatalogPort } from "../catalog";
import { askOutside } from "./request";

const productsSchema = z.object({
  products: z.array(
    z.object({
      sku: z.string(),
      name: z.string(),
      unitPriceMinor: z.number().int(),
      available: z.number().int(),
    }),
  ),
});

/** A product catalogue over REST: `GET /products?q=&limit=`. */
export function httpCatalog(baseUrl: string, bearer?: string): CatalogPort {
  return {
    search: async (query, limit) => {
      const path = `/products?${new URLSearchParams({ q: query, limit: String(limit) })}`;
      const answer = await askOutside({ system: "catalog", baseUrl, bearer, method: "GET", path });
      return productsSchema.parse(answer ?? { products: [] }).products.slice(0, limit);
    },
  };
}
