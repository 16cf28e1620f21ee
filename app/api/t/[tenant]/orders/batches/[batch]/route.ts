import { z } from "zod";
import { notFound } from "@/lib/failures/app-error";
import { apiRoute } from "@/lib/gateway/api-route";
import { getBatchReport } from "@/lib/orders/batches/batch-report";
import { reportCsv } from "@/lib/orders/batches/report-csv";

const params = z.object({ batch: z.string().min(1).max(64) });
const query = z.object({ format: z.enum(["json", "csv"]).default("json") });

export const GET = apiRoute({ params, query }, async ({ identity, params, query }) => {
  const report = await getBatchReport(identity, params.batch);
  if (!report) throw notFound();
  if (query.format === "json") return report;
  return new Response(reportCsv(report), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${report.id}.csv"`,
    },
  });
});
