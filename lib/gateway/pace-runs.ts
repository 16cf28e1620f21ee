import { env } from "@/lib/env";
import { settingsOf } from "@/lib/settings/get-settings";
import type { RequestIdentity } from "./identity";
import { consumeRate } from "./rate-limit";
import { RunSlots } from "./run-slots";

const MINUTE_MS = 60_000;
let slots: RunSlots | undefined;

/**
 * Admits a run within the pace of its tenant: how many it may have going at once, each of its members too, and how many it may begin
 * in a minute. The tenant's own settings go before the installation's. Throws AppError rate_limited, and what `permitted` and `admit` throw.
 */
export async function paceRuns<T extends { stored: Promise<void> }>(
  { tenantId, userId }: RequestIdentity,
  permitted: Promise<void>,
  admit: () => Promise<T>,
): Promise<T> {
  const settings = await settingsOf(tenantId);
  const { FLIGHTDECK_TENANT_RUNS_PER_MINUTE, FLIGHTDECK_TENANT_RUNS_AT_ONCE } = env();
  const points = settings.runsPerMinute ?? FLIGHTDECK_TENANT_RUNS_PER_MINUTE;
  const share = {
    tenant: settings.runsAtOnce ?? FLIGHTDECK_TENANT_RUNS_AT_ONCE ?? null,
    member: settings.memberRunsAtOnce,
  };
  // Who asks too often uses up nothing of what the others share.
  if (points || share.tenant !== null || share.member !== null) await permitted;
  slots ??= new RunSlots();
  return slots.enter({ tenantId, userId }, share, async () => {
    // Only what found room is counted.
    if (points) await consumeRate({ name: "tenant-runs", points, windowMs: MINUTE_MS }, tenantId);
    return admit();
  });
}
