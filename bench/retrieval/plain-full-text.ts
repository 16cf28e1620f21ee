import { sql } from "drizzle-orm";
import type { TenantContext, Tx } from "@/db/with-tenant";
import type { RankedPassage } from "./ask";

/**
 * What most starters do, for comparison: every word of the question must occur (`websearch_to_tsquery`), ranked by `ts_rank_cd`, on the
 * same chunks with title and headings, as the same role.
 */
export async function searchPlainFullText(tx: Tx, context: TenantContext, query: string): Promise<RankedPassage[]> {
  const { rows } = await tx.execute<RankedPassage>(sql`
    select c.document_id as "documentId", c.start_char as "startChar", c.end_char as "endChar"
    from flightdeck.chunks c
    join flightdeck.documents d on d.tenant_id = c.tenant_id and d.id = c.document_id and d.deleted_at is null,
      to_tsvector('english', d.title || ' ' || c.heading || ' ' || c.text) words,
      websearch_to_tsquery('english', ${query}) asked
    where c.tenant_id = ${context.tenantId} and words @@ asked
    order by ts_rank_cd(words, asked) desc, c.number
    limit 10`);
  return rows;
}
