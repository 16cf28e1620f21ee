import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { listUsage, usageCsv } from "@/lib/usage/report";
import { summariseUsage } from "@/lib/usage/summary";
import { usageRange, usageRangeSchema } from "@/lib/usage/usage-range";

const id = z.string().max(64).optional();
const query = usageRangeSchema.and(
  z.object({ format: z.enum(["json", "csv"]).default("json"), thread: id, run: id, user: id }),
);

/** What was used and what it cost: as sums, of all or of one thread, run or person, or day by day as a file. */
export const GET = apiRoute({ query }, async ({ identity, query: { format, thread, run, user, ...days } }) => {
  const range = usageRange(days);
  if (format === "json") return summariseUsage(identity, { ...range, threadId: thread, runId: run, userId: user });
  const filename = `usage-${identity.tenantSlug}-${range.firstDay}-${range.lastDay}.csv`;
  return new Response(usageCsv(await listUsage(identity, range)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${filename}"`,
    },
  });
});
