import { withSystem } from "@/db/with-tenant";
import { log } from "@/lib/telemetry/log";
import { removeDeleted } from "./remove-deleted";

const EVERY_MS = 60 * 60_000;
/** Not in the first seconds of a process, when people wait for it. */
const FIRST_MS = 60_000;

/** Has this process look every hour for what may be removed. Several processes may: what one removed the others do not find. */
export function startSweep(): void {
  const later = (afterMs: number) => setTimeout(() => void sweep().finally(() => later(EVERY_MS)), afterMs).unref();
  later(FIRST_MS);
}

async function sweep(): Promise<void> {
  try {
    let total = 0;
    for (let removed = 1; removed > 0; total += removed) removed = await removeDeleted({ withSystem });
    if (total > 0) log.info({ event: "retention.removed", count: total });
  } catch (error) {
    log.warn({ event: "retention.failed", err: error });
  }
}
