import { Worker } from "node:worker_threads";
import type { Books } from "../reconciliation/books";
import type { Progress } from "../reconciliation/pulse";
import { type ReconcileOptions, reconcile } from "../reconciliation/reconcile";
import type { Reconciliation } from "../reconciliation/result";

/** Below this a batch is done before a thread would have started, in turns of a few milliseconds. */
const HERE_ROWS_MAX = 1_500;

type Message = { progress: Progress } | { result: Reconciliation };

/**
 * `reconcile`, without holding up this process: a large batch is worked on in a thread of its own, because single steps of the engine take
 * longer than others should wait. Aborting the signal ends the thread at once and rejects with the signal's reason.
 */
export async function reconcileApart(books: Books, options: ReconcileOptions): Promise<Reconciliation> {
  const { signal, onProgress } = options;
  if (books.invoices.length + books.transactions.length <= HERE_ROWS_MAX) return reconcile(books, options);
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./reconcile-worker.ts", import.meta.url), {
    workerData: books,
    execArgv: ["--import", "tsx"],
  });
  const aborted = new AbortController();
  try {
    return await new Promise<Reconciliation>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { signal: aborted.signal });
      worker.on("message", (message: Message) => {
        if ("progress" in message) onProgress?.(message.progress);
        else resolve(message.result);
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`the thread that reconciles ended with ${code}`)));
    });
  } finally {
    aborted.abort();
    await worker.terminate();
  }
}
