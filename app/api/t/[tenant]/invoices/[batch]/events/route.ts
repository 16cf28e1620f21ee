import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { followBatch } from "@/lib/invoices/run-batch";

export const GET = apiRoute(
  { params: z.object({ batch: z.string().min(1).max(64) }) },
  ({ identity, params, request }) => followBatch(identity, params.batch, request.signal),
);
