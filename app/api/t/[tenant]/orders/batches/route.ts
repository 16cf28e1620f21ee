import { z } from "zod";
import { apiRoute } from "@/lib/gateway/api-route";
import { startOrderBatch } from "@/lib/orders/batches/start-batch";

const body = z.object({ orders: z.array(z.string().min(1).max(64)).min(1).max(10_000).nullable() });

/** Begins the given orders, or with `null` all that are new. */
export const POST = apiRoute({ body }, async ({ identity, body }) =>
  Response.json(await startOrderBatch(identity, body.orders), { status: 201 }),
);
