import { type AGUIEvent, EventType } from "@ag-ui/core";
import { CONTEXT_COMPACTED_EVENT, TOKEN_UPDATE_EVENT } from "@/contract/usage";
import type { Doors, TenantContext } from "@/db/with-tenant";
import { log } from "@/lib/telemetry/log";
import { contextCompacted } from "./run-context";
import { loadThreadContext } from "./thread-context";

/** The meter's last reading and what was condensed, for whoever opens the thread. A thread that cannot say how full it is opens all the same. */
export async function announceContext(
  reader: TenantContext,
  threadId: string,
  doors?: Pick<Doors, "withTenant">,
): Promise<AGUIEvent[]> {
  try {
    const { meter, digest } = await loadThreadContext(reader, threadId, doors);
    if (!meter) return [];
    const events: AGUIEvent[] = [{ type: EventType.CUSTOM, name: TOKEN_UPDATE_EVENT, value: meter }];
    const compacted = digest?.told === undefined ? null : contextCompacted(meter.compacted, digest, digest.told);
    if (compacted) events.push({ type: EventType.CUSTOM, name: CONTEXT_COMPACTED_EVENT, value: compacted });
    return events;
  } catch (error) {
    log.warn({ event: "context.not_loaded", threadId, err: error });
    return [];
  }
}
