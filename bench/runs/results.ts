// What the bench of runs writes down.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LoadFigures, Streamed } from "./load";
import type { Side } from "./side";
import { median, rounded } from "./statistics";
import { targets, type Verdict } from "./targets";

const RESULTS = join(import.meta.dirname, "../results.json");

export type Loads = Record<string, Record<string, number>>;

export interface Results {
  againstStock?: Record<string, Verdict>;
  loads?: Loads;
  [figure: string]: unknown;
}

/** With the figures of earlier runs for the parts that this one left out, and what falls short in all of them. */
export function withEarlier(isWhole: boolean, measured: Results): Results {
  const earlier: Results =
    isWhole || !existsSync(RESULTS) ? {} : (JSON.parse(readFileSync(RESULTS, "utf8")).runs ?? {});
  const againstStock = inOrder({ ...earlier.againstStock, ...measured.againstStock });
  const { machine, method, rounds, tookS, ...rest } = measured;
  const short = Object.keys(againstStock).filter((name) => againstStock[name]?.reached === "no");
  return {
    ...earlier,
    machine: browserNamed(machine) ? machine : (earlier.machine ?? machine),
    method,
    rounds,
    tookS,
    fallsShort: short.join("; ") || "nothing",
    ...rest,
    againstStock,
    loads: { ...earlier.loads, ...measured.loads },
  };
}

const browserNamed = (machine: unknown) => String(machine).includes("Chromium");

const inOrder = (verdicts: Record<string, Verdict>) =>
  Object.fromEntries(
    Object.keys(targets).flatMap((name) => {
      const verdict = verdicts[name];
      return verdict ? [[name, verdict]] : [];
    }),
  );

export const whatCame = ({ wireBytes }: Streamed, runsThatCame: number) => ({
  kilobytes: rounded(wireBytes / 1024),
  runsThatCame,
});

export function memoryFigures(atRestMb: Record<Side["name"], number>, loads: Record<string, LoadFigures[]>) {
  const peak = (name: Side["name"]) =>
    Math.max(
      ...Object.entries(loads).flatMap(([key, figures]) =>
        key.endsWith(` ${name}`) ? figures.map((one) => one.memoryMb) : [],
      ),
    );
  const of = (name: Side["name"]) => ({ atRest: Math.round(atRestMb[name]), peak: Math.round(peak(name)) });
  return { ours: of("ours"), stock: of("stock") };
}

export function summarise(loads: Record<string, LoadFigures[]>): Loads {
  const middle = (figures: LoadFigures[]) => {
    const keys = Object.keys(figures[0] ?? {}) as (keyof LoadFigures)[];
    return roundAll(Object.fromEntries(keys.map((key) => [key, median(figures.map((one) => one[key]))])));
  };
  return Object.fromEntries(Object.entries(loads).map(([name, figures]) => [name, middle(figures)]));
}

export function roundAll(figures: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value as number)]));
}

export function printVerdicts(verdicts: Record<string, Verdict>): void {
  for (const [name, { ours, stock, unit, oursToStock, reach, reached }] of Object.entries(verdicts)) {
    const ratio = oursToStock === null ? "" : `${oursToStock}×`;
    console.log(
      `${reached === "yes" ? "✓" : "✗"} ${name.padEnd(48)} ${ratio.padStart(8)}  reach ${reach.padEnd(20)} ours ${ours} stock ${stock} ${unit}`,
    );
  }
}
