import { parse } from "csv-parse/sync";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { UploadedBooks } from "@/contract/invoices";
import { reconciliationBatches, suppliers } from "@/db/schema";
import { readBooks } from "../reconciliation/readers/read-books";
import type { TenantWork } from "../tenant-work";
import { storeBooks } from "./store-books";

export interface OwnBooks {
  title: string;
  createdBy: string;
  /** `name,email` with a header. */
  suppliers: Uint8Array;
  purchaseOrders: Uint8Array;
  invoices: Uint8Array;
  bank: Uint8Array;
}

const supplierSchema = z.object({ name: z.string().min(1), email: z.string() });

/** The tenant's own books with its suppliers, unless it has books of its own already (null). What files hold of an upload is read alike. */
export async function importOwnBooks(work: TenantWork, tenantId: string, own: OwnBooks): Promise<UploadedBooks | null> {
  const rows = z
    .array(supplierSchema)
    .parse(parse(Buffer.from(own.suppliers), { columns: true, skip_empty_lines: true }));
  const known = await work(async (tx) => {
    const values = rows.map(({ name, email }, i) => ({ tenantId, id: `S-${100 + i}`, name, email }));
    await tx
      .insert(suppliers)
      .values(values)
      .onConflictDoUpdate({ target: [suppliers.tenantId, suppliers.name], set: { email: sql`excluded.email` } });
    return tx
      .select({ id: reconciliationBatches.id })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.source, "books"))
      .limit(1);
  });
  if (known.length > 0) return null;
  const { purchaseOrders, invoices, bank, title, createdBy } = own;
  return storeBooks(
    work,
    tenantId,
    { title, source: "books", createdBy },
    readBooks({ purchaseOrders, invoices, bank }),
  );
}
