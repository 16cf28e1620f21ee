import { desc, eq } from "drizzle-orm";
import type { UploadedBooks } from "@/contract/invoices";
import { reconciliationBatches } from "@/db/schema";
import { notFound } from "../http-error";
import type { TenantWork } from "../tenant-work";
import { loadBooks } from "./load-books";
import { storeBooks } from "./store-books";

/** A new batch of the rows that the tenant's own books last had. Throws not_found when it has none. */
export async function openOwnBooks(work: TenantWork, tenantId: string, createdBy: string): Promise<UploadedBooks> {
  const [latest] = await work((tx) =>
    tx
      .select({ id: reconciliationBatches.id, title: reconciliationBatches.title })
      .from(reconciliationBatches)
      .where(eq(reconciliationBatches.source, "books"))
      .orderBy(desc(reconciliationBatches.createdAt), desc(reconciliationBatches.id))
      .limit(1),
  );
  if (!latest) throw notFound();
  const batch = { title: latest.title, source: "books" as const, createdBy };
  return storeBooks(work, tenantId, batch, await loadBooks(work, latest.id));
}
