import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { IMPORT_FILES } from "@/lib/orders/import/import-files";
import { importOrders } from "@/lib/orders/import/import-orders";

const BYTES_MAX = 16 << 20;

const body = z.object({
  files: z.object(Object.fromEntries(IMPORT_FILES.map((name) => [name, z.string().optional()]))).strict(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "is not a currency code like EUR")
    .default("EUR"),
});

/** Takes products, customers and orders from the text of CSV files, and says which rows it refused and why. */
export const POST = apiRoute({ body, bodyBytesMax: BYTES_MAX, permission: "admin" }, ({ identity, body }) =>
  importOrders(identity, body.files, body.currency),
);
