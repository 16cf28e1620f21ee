import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { InvoiceState } from "@/contract/invoices";
import { loadBooks } from "../../../books/load-books";
import { reconcileApart } from "../../../books/reconcile-apart";
import { storeResults } from "../../../books/store-results";
import { countWords } from "../count-words";
import {
  cancelledBy,
  haltOf,
  type InvoiceWorld,
  progressOf,
  reportBatch,
  stoppedError,
  turnRound,
} from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { begun, done } from "../steps";

/** How often somebody's wish to stop is looked for while the engine works. */
const LOOK_EVERY_MS = 250;

/**
 * match_invoices: the engine over all rows, in a thread of its own where they are many, so that other runs and streams go on.
 * It is pure, and its results replace those of an earlier attempt: a process that dies here costs time and nothing else.
 */
export async function matchInvoices(
  world: InvoiceWorld,
  state: InvoiceState,
  config: LangGraphRunnableConfig,
): Promise<InvoiceUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const books = await loadBooks(world.work, state.batchId);
  const progress = progressOf(world, state, config);
  const watched = watchHalt(world, state);
  try {
    const result = await reconcileApart(books, {
      signal: config.signal ? AbortSignal.any([watched.signal, config.signal]) : watched.signal,
      onProgress: ({ stage, done: current, total, remainingMs }) => {
        if (stage !== "match_invoices") return;
        const left = remainingMs === null ? null : Math.round(remainingMs);
        progress.show({ step: "match_invoices", current, total, unit: "transactions", remainingMs: left });
      },
    });
    await storeResults(
      world.work,
      { tenantId: world.tenantId, batchId: state.batchId },
      result,
      state.policy.proposeFromConfidence,
    );
  } catch (error) {
    const { cancelledBy: by, stoppedBy } = watched.halt();
    if (by !== null) return cancelledBy(state, by, "");
    if (stoppedBy !== null) throw stoppedError(stoppedBy);
    throw error;
  } finally {
    watched.end();
    await progress.settled();
  }
  const { invoices, transactions } = state.counts;
  await reportBatch(world, state, {
    step: "detect_anomalies",
    progressCurrent: transactions,
    progressTotal: transactions,
  });
  const note = `${countWords(invoices, "invoice")} against ${countWords(transactions, "bank line")}`;
  return {
    progress: { step: "detect_anomalies", current: 0, total: invoices, unit: "invoices", remainingMs: null },
    steps: { ...done(state, "match_invoices", note), ...begun(state, "detect_anomalies") },
  };
}

/** Aborts its signal once somebody wants the run to end or to pause. */
function watchHalt(world: InvoiceWorld, state: InvoiceState) {
  const abort = new AbortController();
  let seen = { cancelledBy: null as string | null, stoppedBy: null as string | null };
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      seen = await haltOf(world, state);
      if (seen.cancelledBy !== null || seen.stoppedBy !== null) abort.abort();
    } catch {
      // A database that cannot be asked just now is asked again; if it stays away, storing the results fails.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return { signal: abort.signal, halt: () => seen, end: () => clearInterval(timer) };
}
