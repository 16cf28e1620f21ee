import { median, rounded } from "./statistics";

/** A measure of both sides in one round. */
export interface Pair {
  ours: number;
  stock: number;
}

interface Target {
  /** Said of the ratio ours ÷ stock, and of our own figure where the measure has an absolute bound. */
  reach: string;
  aim: string;
  reached(ratio: number, ours: number): boolean;
  unit: string;
}

const atMost = (limit: number, unit: string, aim: string): Target => ({
  reach: `≤ ${limit}×`,
  aim,
  unit,
  reached: (ratio) => ratio <= limit,
});

/** What is measured against stock, in the order in which it is told, and what counts as reached. */
export const targets: Record<string, Target> = {
  "first token p50, one stream": {
    reach: "≤ 2.5× and ≤ 15 ms",
    aim: "1.5×",
    unit: "ms",
    reached: (ratio, ours) => ratio <= 2.5 && ours <= 15,
  },
  "first token p50, 300 messages of history": atMost(0.6, "ms", "0.4×"),
  "first token p95, 200 streams × 50 tokens/s": atMost(0.25, "ms", "0.05×"),
  "web CPU per 1,000 tokens, 100 × 50": atMost(0.8, "ms", "0.5×"),
  "delivered tokens/s, 500 × 20": { reach: "≥ 1.5×", aim: "2×", unit: "/s", reached: (ratio) => ratio >= 1.5 },
  "wire bytes per token at 50 tokens/s": atMost(0.5, "bytes", "0.35×"),
  "browser task time, 300 tokens/s, 300 messages": atMost(0.6, "ms", "0.4×"),
  "blocking time, 1,000 tokens/s, 300 messages": atMost(0.1, "ms", "0"),
  "dropped frames, 1,000 tokens/s, 300 messages": atMost(0.2, "%", "0"),
  "keystroke p95, 1,000 tokens/s, 300 messages": {
    reach: "≤ 64 ms",
    aim: "48 ms",
    unit: "ms",
    reached: (_, ours) => ours <= 64,
  },
  "opening 300 messages, last byte to settled": atMost(0.5, "ms", "0.25×"),
  "reopening 201 runs, last byte": atMost(1.5, "ms", "0.5×"),
  "first-load JS before the chat opens": atMost(0.5, "KB gzipped", "0.3×"),
};

export interface Verdict {
  ours: number;
  stock: number;
  unit: string;
  oursToStock: number | null;
  reach: string;
  aim: string;
  reached: "yes" | "no";
}

/** Medians of both sides, and the median of the rounds' own ratios: neighbours in time had the same machine. */
export function judge(name: string, pairs: readonly Pair[]): Verdict {
  const target = targets[name];
  if (!target || pairs.length === 0) throw new Error(`nothing was measured as "${name}"`);
  const ours = median(pairs.map((pair) => pair.ours));
  const ratio = median(pairs.map(ratioOf));
  return {
    ours: rounded(ours),
    stock: rounded(median(pairs.map((pair) => pair.stock))),
    unit: target.unit,
    oursToStock: Number.isFinite(ratio) ? rounded(ratio) : null,
    reach: target.reach,
    aim: target.aim,
    reached: target.reached(ratio, ours) ? "yes" : "no",
  };
}

/** Nothing against nothing is no worse. */
const ratioOf = ({ ours, stock }: Pair): number => (ours === 0 && stock === 0 ? 0 : ours / stock);
