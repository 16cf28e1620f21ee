// The engine in a thread of its own: it is given books, tells how far it is, and ends with its result.
import { parentPort, workerData } from "node:worker_threads";
import type { Books } from "../reconciliation/books";
import { reconcile } from "../reconciliation/reconcile";

const result = await reconcile(workerData as Books, {
  onProgress: (progress) => parentPort?.postMessage({ progress }),
});
parentPort?.postMessage({ result });
