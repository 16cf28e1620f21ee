import { asc, eq, sql } from "drizzle-orm";
import { refusedRows } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";

/** A row of the files that could not be read, and what is wrong with it. */
export interface RefusedRow {
  no: number;
  file: (typeof refusedRows.$inferSelect)["file"];
  row: number;
  /** Null when the row as a whole is at fault. */
  column: string | null;
  value: string;
  reason: string;
}

/** A part of the rows of a set that could not be read, in the order of the files. */
export async function listRefused(
  context: TenantContext,
  batchId: string,
  { offset, limit }: { offset: number; limit: number },
  doors: Pick<Doors, "withTenant"> = { withTenant },
): Promise<{ total: number; rows: RefusedRow[] }> {
  return doors.withTenant(context, async (tx) => {
    const where = eq(refusedRows.batchId, batchId);
    const [counted] = await tx.select({ total: sql<number>`count(*)::int` }).from(refusedRows).where(where);
    const rows = await tx
      .select({
        no: refusedRows.no,
        file: refusedRows.file,
        row: refusedRows.row,
        column: refusedRows.column,
        value: refusedRows.value,
        reason: refusedRows.reason,
      })
      .from(refusedRows)
      .where(where)
      .orderBy(asc(refusedRows.no))
      .offset(offset)
      .limit(limit);
    return { total: counted?.total ?? 0, rows };
  });
}
