import { sql } from "drizzle-orm";
import { documents } from "@/db/schema";
import type { TenantContext, Tx } from "@/db/with-tenant";

/** A digest of the tenant's documents: another one as soon as any is added, replaced, renamed or deleted, and the same after an undo. */
export async function getCorpusState(tx: Tx, { tenantId }: TenantContext): Promise<string> {
  const of = sql`${documents.id} || ':' || ${documents.version} || ':' || extract(epoch from ${documents.updatedAt})`;
  const [row] = await tx
    .select({ state: sql<string>`md5(coalesce(string_agg(${of}, ',' order by ${documents.id}), ''))` })
    .from(documents)
    .where(sql`${documents.tenantId} = ${tenantId} and ${documents.deletedAt} is null`);
  return row?.state ?? "";
}
