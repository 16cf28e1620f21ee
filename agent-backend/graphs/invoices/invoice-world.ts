import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { and, eq, sql } from "drizzle-orm";
import type { BatchProgress, InvoiceState } from "@/contract/invoices";
import { graphThreads, reconciliationBatches } from "@/db/schema";
import { GraphRunError } from "../../agui/run-graph";
import type { Systems } from "../../systems/systems";
import type { TenantWork } from "../../tenant-work";
import type { InvoiceUpdate } from "./state";
import { skipped } from "./steps";

/** What the nodes of one tenant's reconciliations can reach: its rows and the systems outside. */
export interface InvoiceWorld {
  tenantId: string;
  work: TenantWork;
  systems: Systems;
}

type Batch = typeof reconciliationBatches.$inferSelect;

/** Says in the list of batches where this one stands. */
export async function reportBatch(
  world: InvoiceWorld,
  state: InvoiceState,
  set: Partial<Pick<Batch, "status" | "step" | "note" | "progressCurrent" | "progressTotal" | "stopRequestedBy">>,
): Promise<void> {
  await world.work((tx) =>
    tx
      .update(reconciliationBatches)
      .set({ ...set, updatedAt: sql`now()` })
      .where(and(eq(reconciliationBatches.id, state.batchId), eq(reconciliationBatches.threadId, state.threadId))),
  );
}

export interface Halt {
  /** Who asked for the end of the batch, and who for a pause. */
  cancelledBy: string | null;
  stoppedBy: string | null;
}

/** Whether somebody wants this run to end or to pause. */
export async function haltOf(world: InvoiceWorld, state: InvoiceState): Promise<Halt> {
  const [row] = await world.work((tx) =>
    tx
      .select({ cancelledBy: graphThreads.cancelRequestedBy, stoppedBy: reconciliationBatches.stopRequestedBy })
      .from(graphThreads)
      .leftJoin(
        reconciliationBatches,
        and(eq(reconciliationBatches.tenantId, graphThreads.tenantId), eq(reconciliationBatches.id, state.batchId)),
      )
      .where(eq(graphThreads.id, state.threadId)),
  );
  return row ?? { cancelledBy: null, stoppedBy: null };
}

/**
 * The update that ends the batch, when somebody asked for it; null when it goes on. A pause is thrown as `stopped`: the run ends there,
 * and goes on from its last checkpoint when somebody resumes it.
 */
export async function turnRound(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate | null> {
  const { cancelledBy: by, stoppedBy } = await haltOf(world, state);
  if (by !== null) return cancelledBy(state, by, "");
  if (stoppedBy !== null) throw stoppedError(stoppedBy);
  return null;
}

export const stoppedError = (by: string) =>
  new GraphRunError("stopped", `Stopped by ${by}. Resume it to go on from here.`);

export function cancelledBy(state: InvoiceState, by: string, reason: string): InvoiceUpdate {
  return {
    cancelled: { by, reason },
    question: null,
    decision: null,
    progress: null,
    steps: skipped(state, "The batch was closed."),
  };
}

/** How often, at most, whoever watches hears of progress, and the batch's row does. */
const SHOW_EVERY_MS = 100;
const KEEP_EVERY_MS = 500;

/** Tells how far a step is: in the stream at once, in the batch's row now and then. `settled` waits for what is being written. */
export function progressOf(world: InvoiceWorld, state: InvoiceState, config: LangGraphRunnableConfig) {
  let shownAt = 0;
  let keptAt = 0;
  let keeping: Promise<void> | undefined;
  return {
    show(progress: BatchProgress): void {
      const now = performance.now();
      const edge = progress.current === 0 || progress.current === progress.total;
      if (!edge && now - shownAt < SHOW_EVERY_MS) return;
      shownAt = now;
      config.writer?.({ preview: { progress } });
      if (keeping || now - keptAt < KEEP_EVERY_MS) return;
      keptAt = now;
      const { step, current: progressCurrent, total: progressTotal } = progress;
      // A row that lags behind is no reason to fail: the stream has it, and the step's end writes the row again.
      keeping = reportBatch(world, state, { step, progressCurrent, progressTotal })
        .catch(() => {})
        .finally(() => {
          keeping = undefined;
        });
    },
    async settled(): Promise<void> {
      await keeping;
    },
  };
}
