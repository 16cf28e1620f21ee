import { randomUUID } from "node:crypto";
import type { Executor } from "./executor";
import { followThread } from "./follow-thread";

/** How long somebody waits in a chat for what they had done. */
const WAIT_MS = 30_000;

/** Waits until the thread waits for somebody or has ended. False when that takes too long. */
export async function settled(executor: Executor, tenantId: string, threadId: string): Promise<boolean> {
  const thread = await executor.threads.get(tenantId, threadId);
  if (!thread) return true;
  const late = AbortSignal.timeout(WAIT_MS);
  const ids = { threadId: thread.id, runId: randomUUID() };
  for await (const _event of followThread(executor, thread, ids, late)) {
    // Only its end is of interest.
  }
  return !late.aborted;
}
