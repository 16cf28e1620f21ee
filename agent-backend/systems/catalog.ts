export interface CatalogProduct {
  sku: string;
  name: string;
  unitPriceMinor: number;
  available: number;
}

/** The product catalogue: what exists, for search and for substitutes. Best match first; discontinued products are left out. */
export interface CatalogPort {
  search(query: string, limit: number): Promise<CatalogProduct[]>;
}
