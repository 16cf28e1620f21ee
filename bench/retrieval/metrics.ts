/** How well one way of searching answered a set of questions. Shares are of the questions asked. */
export interface Quality {
  questions: number;
  /** The right passage first, among the first five, among the first ten. */
  hitsAt1: number;
  hitsAt5: number;
  hitsAt10: number;
  /** Mean reciprocal rank within the first ten. */
  mrr: number;
  /** Any passage of the right document among the first five. */
  documentHitsAt5: number;
}

/** Of one question: the rank of the right passage and of its document, from 1; 0 when not found. */
export interface Ranks {
  passage: number;
  document: number;
}

export function qualityOf(ranks: Ranks[]): Quality {
  const share = (fits: (rank: Ranks) => boolean) => rounded(ranks.filter(fits).length / Math.max(ranks.length, 1));
  const within = (n: number) => share(({ passage }) => passage > 0 && passage <= n);
  const reciprocal = ranks.map(({ passage }) => (passage > 0 && passage <= 10 ? 1 / passage : 0));
  return {
    questions: ranks.length,
    hitsAt1: within(1),
    hitsAt5: within(5),
    hitsAt10: within(10),
    mrr: rounded(reciprocal.reduce((sum, value) => sum + value, 0) / Math.max(ranks.length, 1)),
    documentHitsAt5: share(({ document }) => document > 0 && document <= 5),
  };
}

/** Milliseconds of repeated calls, by nearest rank. */
export interface Latency {
  calls: number;
  p50: number;
  p95: number;
  max: number;
}

export function latencyOf(milliseconds: number[]): Latency {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => rounded(sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? 0);
  return { calls: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
