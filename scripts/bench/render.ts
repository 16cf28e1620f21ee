const INTRODUCTION =
  "Written by `npm run bench`; the same figures are in `bench/results.json`. `npm run bench -- runs` measures one section anew and keeps the others. " +
  "Figures of one machine at one time: compare what stands in one table, and measure again on your own.";

type Flat = Record<string, string | number | boolean | null>;

/**
 * Measured results as Markdown. What a bench returns is shown as it is nested: single values as a list, objects of the same
 * shape as the rows of one table, anything else under a heading of its own.
 */
export function renderResults(results: Record<string, unknown>): string {
  const sections = Object.entries(results).map(([name, result]) => `## ${name}\n\n${render(result, 3)}`);
  return `${["# Benchmarks", INTRODUCTION, ...sections].join("\n\n")}\n`;
}

function render(value: unknown, depth: number): string {
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  const single = entries.filter(([, item]) => !isObject(item));
  const rows = entries.filter((entry): entry is [string, Flat] => isFlat(entry[1]));
  const nested = entries.filter(([, item]) => isObject(item) && !isFlat(item));
  return [
    single.map(([name, item]) => `- ${words(name)}: ${cell(item)}`).join("\n"),
    ...groupByShape(rows).map(table),
    ...nested.map(([name, item]) => `${"#".repeat(Math.min(depth, 6))} ${words(name)}\n\n${render(item, depth + 1)}`),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFlat(value: unknown): value is Flat {
  return isObject(value) && Object.values(value).every((item) => !isObject(item));
}

function groupByShape(rows: [string, Flat][]): [string, Flat][][] {
  const groups = Map.groupBy(rows, ([, row]) => Object.keys(row).join("\0"));
  return [...groups.values()];
}

function table(rows: [string, Flat][]): string {
  const columns = Object.keys(rows[0]?.[1] ?? {});
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["", ...columns.map(words)]),
    line(["---", ...columns.map(() => "---:")]),
    ...rows.map(([name, row]) => line([words(name), ...columns.map((column) => cell(row[column]))])),
  ].join("\n");
}

/** `hitsAt5` becomes "hits at 5", `gapP95Ms` "gap p95 ms"; what is written in words stays. */
function words(name: string): string {
  if (name.includes(" ")) return name;
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([a-zA-Z])(\d)/g, "$1 $2")
    .replace(/ [A-Z](?=[a-z]|$|\s)/g, (found) => found.toLowerCase())
    .replace(/\bp (\d)/g, "p$1");
}

function cell(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  return String(value ?? "").replaceAll("|", "\\|");
}
