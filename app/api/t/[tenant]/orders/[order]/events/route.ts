import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { followOrder } from "@/lib/orders/fulfil-order";

export const GET = apiRoute(
  { params: z.object({ order: z.string().min(1).max(64) }) },
  ({ identity, params, request }) => followOrder(identity, params.order, request.signal),
);
