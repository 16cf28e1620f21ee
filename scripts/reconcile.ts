/**
 * Reconciles invoices with orders and bank lines from files, for CI and checks:
 *
 *   npm run --silent reconcile -- --pos F --invoices F --bank F [--json]
 *   npm run reconcile -- --generate 500 --seed 7 --noise medium --dir D    writes made-up books and their truth
 *   npm run reconcile -- --bench [--seeds 5]                              precision and recall on such books
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { UnreadableFileError } from "@/agent-backend/reconciliation/books";
import { generateBooks } from "@/agent-backend/reconciliation/generator/generate-books";
import { type Measurement, measure } from "@/agent-backend/reconciliation/generator/measure";
import type { NoiseLevel } from "@/agent-backend/reconciliation/generator/style";
import { readBooks } from "@/agent-backend/reconciliation/readers/read-books";
import { reconcile } from "@/agent-backend/reconciliation/reconcile";
import { INVOICE_STATUSES, type Reconciliation } from "@/agent-backend/reconciliation/result";

const USAGE = `usage: npm run reconcile -- --pos FILE --invoices FILE --bank FILE [--json]
       npm run reconcile -- --generate COUNT --dir DIR [--seed N] [--noise low|medium|high]
       npm run reconcile -- --bench [--seeds N]`;

/** What the user has to be told in one line, without a stack. */
class UsageError extends Error {}

interface InputFiles {
  pos: string;
  invoices: string;
  bank: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pos: { type: "string" },
      invoices: { type: "string" },
      bank: { type: "string" },
      json: { type: "boolean", default: false },
      generate: { type: "string" },
      seed: { type: "string", default: "1" },
      noise: { type: "string", default: "medium" },
      dir: { type: "string" },
      bench: { type: "boolean", default: false },
      seeds: { type: "string", default: "5" },
    },
  });
  const { pos, invoices, bank, dir } = values;
  if (values.bench) return printBench(toCount(values.seeds));
  if (values.generate !== undefined) {
    if (!dir) throw new UsageError(USAGE);
    return writeBooks(toCount(values.generate), toCount(values.seed), toNoise(values.noise), dir);
  }
  if (!pos || !invoices || !bank) throw new UsageError(USAGE);
  const result = await reconcileFiles({ pos, invoices, bank });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : describe(result));
}

async function reconcileFiles({ pos, invoices, bank }: InputFiles): Promise<Reconciliation> {
  const [posBytes, invoiceBytes, bankBytes] = await Promise.all([pos, invoices, bank].map(readInput));
  if (!posBytes || !invoiceBytes || !bankBytes) throw new UsageError(USAGE);
  return reconcile(readBooks({ purchaseOrders: posBytes, invoices: invoiceBytes, bank: bankBytes }));
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(fromCaller(path));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** npm runs scripts in the project's folder; paths are meant from where npm was called. */
function fromCaller(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

async function writeBooks(count: number, seed: number, noise: NoiseLevel, dir: string): Promise<void> {
  const { files, truth } = generateBooks(count, seed, noise);
  const target = fromCaller(dir);
  await mkdir(target, { recursive: true });
  await Promise.all([
    writeFile(join(target, "purchase_orders.csv"), files.purchaseOrders),
    writeFile(join(target, "invoices.csv"), files.invoices),
    writeFile(join(target, "bank_transactions.csv"), files.bank),
    writeFile(join(target, "truth.json"), JSON.stringify(truth, null, 1)),
  ]);
  process.stdout.write(`wrote ${count} invoices and ${truth.transactions.length} transactions to ${dir}\n`);
}

async function printBench(seedCount: number): Promise<void> {
  const seeds = Array.from({ length: seedCount }, (_, index) => index + 1);
  for (const noise of ["low", "medium", "high"] as const) {
    for (const count of [50, 500, 5_000]) process.stdout.write(describeMeasurement(await measure(count, seeds, noise)));
  }
}

function describeMeasurement(measurement: Measurement): string {
  const { count, noise, macroF1, macroF1Min, linkAccuracyMin, slowestMs, residentMb, seeds, classes } = measurement;
  const share = (value: number) => value.toFixed(3);
  const head = `${count} invoices, ${noise} noise, ${seeds.length} seeds: macro-F1 ${share(macroF1)} (worst ${share(macroF1Min)}), payments right ${share(linkAccuracyMin)} at worst, slowest ${Math.round(slowestMs)} ms, ${Math.round(residentMb)} MB resident`;
  const rows = classes.map(({ status, precision, recall, f1, support }) => [
    status,
    share(precision),
    share(recall),
    share(f1),
    String(support),
  ]);
  return `${head}\n${table([["status", "precision", "recall", "F1", "support"], ...rows])}\n`;
}

function describe({ invoices, transactions, refused }: Reconciliation): string {
  const unknown = transactions.filter(({ status }) => status === "unknown_transaction").length;
  const counts = INVOICE_STATUSES.map((status) => [
    status,
    String(invoices.filter((invoice) => invoice.status === status).length),
  ]);
  const rows = invoices.map((invoice) => [
    String(invoice.row),
    invoice.invoice_number,
    invoice.status,
    invoice.confidence.toFixed(2),
    invoice.transaction_ids.join(" "),
    invoice.reasons[0] ?? "",
  ]);
  const refusals = refused.map(({ file, row, column, value, reason }) => [
    file,
    `row ${row}`,
    column ?? "",
    JSON.stringify(value),
    reason,
  ]);
  return [
    table([["row", "invoice", "status", "confidence", "payments", "reason"], ...rows]),
    table([...counts, ["unknown_transaction", String(unknown)], ["refused rows", String(refused.length)]]),
    ...(refusals.length > 0 ? [table(refusals)] : []),
  ].join("\n");
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`not a count: ${text}`);
  return count;
}

function toNoise(text: string): NoiseLevel {
  if (text === "low" || text === "medium" || text === "high") return text;
  throw new UsageError(`not a noise level: ${text}`);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof UnreadableFileError;
  const isBadOption = error instanceof TypeError && "code" in error;
  if (!isUsage && !isBadOption) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
