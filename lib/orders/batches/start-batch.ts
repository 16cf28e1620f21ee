import { z } from "zod";
import { askAgentBackend } from "@/lib/gateway/agent-backend";
import type { RequestIdentity } from "@/lib/gateway/identity";

const startedSchema = z.object({ id: z.string(), total: z.number().int() });

/**
 * Begins the fulfilment of many orders together: of those given, or of all, the ones that nobody has begun. They go on by themselves;
 * what the tenant's policy leaves to people waits for them. Throws `nothing_to_start`.
 */
export async function startOrderBatch(
  identity: RequestIdentity,
  orderIds: readonly string[] | null,
): Promise<{ id: string; total: number }> {
  const path = "/agents/orders/batches";
  const response = await askAgentBackend(identity, { method: "POST", path, thread: "", body: { subjects: orderIds } });
  return startedSchema.parse(await response.json());
}
