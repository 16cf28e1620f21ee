import { readBooks } from "../readers/read-books";
import { reconcile } from "../reconcile";
import { generateBooks } from "./generate-books";
import { type ClassScore, type Score, scoreResult } from "./score";
import type { NoiseLevel } from "./style";
import type { GeneratedFiles } from "./write-files";

export interface Measurement {
  count: number;
  noise: NoiseLevel;
  seeds: number[];
  /** Over all seeds: the mean and the worst macro-F1, and the slowest run. */
  macroF1: number;
  macroF1Min: number;
  linkAccuracyMin: number;
  slowestMs: number;
  residentMb: number;
  /** Each status's mean over the seeds in whose books it occurs. */
  classes: ClassScore[];
}

/** Generates books of `count` invoices for each seed, reconciles them and compares the results with the truth. */
export async function measure(count: number, seeds: number[], noise: NoiseLevel): Promise<Measurement> {
  const scores: Score[] = [];
  let slowestMs = 0;
  for (const seed of seeds) {
    const { files, truth } = generateBooks(count, seed, noise);
    const bytes = toBytes(files);
    const startMs = performance.now();
    const result = await reconcile(readBooks(bytes));
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
    scores.push(scoreResult(result, truth));
  }
  return {
    count,
    noise,
    seeds,
    macroF1: mean(scores.map(({ macroF1 }) => macroF1)),
    macroF1Min: Math.min(...scores.map(({ macroF1 }) => macroF1)),
    linkAccuracyMin: Math.min(...scores.map(({ linkAccuracy }) => linkAccuracy)),
    slowestMs,
    residentMb: process.memoryUsage().rss / 1e6,
    classes: meanClasses(scores),
  };
}

export function toBytes(files: GeneratedFiles): Record<keyof GeneratedFiles, Uint8Array> {
  const encoder = new TextEncoder();
  return {
    purchaseOrders: encoder.encode(files.purchaseOrders),
    invoices: encoder.encode(files.invoices),
    bank: encoder.encode(files.bank),
  };
}

function meanClasses(scores: Score[]): ClassScore[] {
  const byStatus = new Map<string, ClassScore[]>();
  for (const score of scores.flatMap(({ classes }) => classes)) {
    byStatus.set(score.status, [...(byStatus.get(score.status) ?? []), score]);
  }
  return [...byStatus].sort().map(([status, found]) => ({
    status,
    precision: mean(found.map(({ precision }) => precision)),
    recall: mean(found.map(({ recall }) => recall)),
    f1: mean(found.map(({ f1 }) => f1)),
    support: found.reduce((sum, { support }) => sum + support, 0),
  }));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
