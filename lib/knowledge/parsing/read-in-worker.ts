import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/failures/app-error";
import { READING_MEMORY_MB_MAX, READING_MS_MAX } from "../limits";
import type { ReadDocument, ReadReply, ReadRequest } from "./reading";
import { REFUSALS, type RefusalCode } from "./refusal";

/** Two files are read at a time; the others wait their turn. */
const WORKERS_MAX = 2;
const IDLE_MS_MAX = 30_000;

interface Job {
  request: ReadRequest;
  timeoutMs: number;
  resolve(document: ReadDocument): void;
  reject(error: AppError): void;
}

interface Reader {
  worker: Worker;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

// Bundlers may load this module several times in one process; the threads are shared.
const KEY = Symbol.for("flightdeck.readers");
type Holder = { [KEY]?: { readers: Set<Reader>; waiting: Job[]; lastId: number } };
const holder = globalThis as Holder;
holder[KEY] ??= { readers: new Set(), waiting: [], lastId: 0 };
const pool = holder[KEY];

/**
 * Reads a file and cuts it into chunks in a worker thread. Throws the refusal as an `AppError`; `document_too_complex` also when the
 * thread needs longer than `timeoutMs` or more memory than it may have, after which it is ended.
 */
export function readInWorker(file: Omit<ReadRequest, "id">, timeoutMs = READING_MS_MAX): Promise<ReadDocument> {
  return new Promise((resolve, reject) => {
    pool.waiting.push({ request: { ...file, id: ++pool.lastId }, timeoutMs, resolve, reject });
    startNext();
  });
}

export const refused = (code: RefusalCode, message: string = REFUSALS[code][1]): AppError =>
  new AppError(code, message, { status: REFUSALS[code][0] });

function startNext(): void {
  if (pool.waiting.length === 0) return;
  const reader =
    [...pool.readers].find(({ job }) => !job) ?? (pool.readers.size < WORKERS_MAX ? startReader() : undefined);
  const job = reader && pool.waiting.shift();
  if (!reader || !job) return;
  clearTimeout(reader.timer);
  reader.job = job;
  reader.worker.ref();
  reader.timer = setTimeout(() => end(reader, "document_too_complex"), job.timeoutMs);
  reader.worker.postMessage(job.request);
}

function startReader(): Reader {
  // A file of its own, outside the bundle: tsx reads its TypeScript as the scripts do.
  const file = join(/* turbopackIgnore: true */ process.cwd(), "lib/knowledge/parsing/worker.ts");
  const worker = new Worker(file, {
    execArgv: ["--import", "tsx"],
    resourceLimits: { maxOldGenerationSizeMb: READING_MEMORY_MB_MAX },
  });
  const reader: Reader = { worker, job: undefined, timer: undefined };
  pool.readers.add(reader);
  worker.on("message", (reply: ReadReply) => settle(reader, reply));
  worker.on("error", (error: NodeJS.ErrnoException) =>
    end(reader, error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "document_too_complex" : "document_broken"),
  );
  return reader;
}

function settle(reader: Reader, reply: ReadReply): void {
  const job = reader.job;
  if (job?.request.id !== reply.id) return;
  clearTimeout(reader.timer);
  reader.job = undefined;
  // An idle thread keeps nobody waiting: not the process that wants to end, and not memory for long.
  reader.worker.unref();
  reader.timer = setTimeout(() => end(reader, "document_broken"), IDLE_MS_MAX).unref();
  if (reply.ok) job.resolve(reply.document);
  else job.reject(refused(reply.code, reply.message));
  startNext();
}

function end(reader: Reader, code: RefusalCode): void {
  clearTimeout(reader.timer);
  if (!pool.readers.delete(reader)) return;
  void reader.worker.terminate();
  reader.job?.reject(refused(code));
  reader.job = undefined;
  startNext();
}
