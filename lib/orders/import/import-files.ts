/** The files that orders come in as. Each may be left out; what it would name must then be known. */
export const IMPORT_FILES = ["products.csv", "customers.csv", "orders.csv", "order_lines.csv"] as const;

/** The contents of the files; a file that is not there changes nothing of its kind. */
export type ImportFiles = { [Name in (typeof IMPORT_FILES)[number]]?: string };
