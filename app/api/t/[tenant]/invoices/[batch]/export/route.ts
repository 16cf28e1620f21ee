import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { exportBatch } from "@/lib/invoices/export-batch";

export const GET = apiRoute({ params: z.object({ batch: z.string().min(1).max(64) }) }, ({ identity, params }) =>
  exportBatch(identity, params.batch),
);
