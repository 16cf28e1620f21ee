import { describe, expect, it } from "vitest";
import type { Books } from "./books";
import { generateBooks } from "./generator/generate-books";
import { toBytes } from "./generator/measure";
import { type Random, seededRandom } from "./generator/random";
import type { NoiseLevel } from "./generator/style";
import type { Progress } from "./pulse";
import { readBooks } from "./readers/read-books";
import { reconcile } from "./reconcile";

const CASES: [count: number, seed: number, noise: NoiseLevel][] = [
  [1, 1, "medium"],
  [20, 2, "high"],
  [60, 3, "low"],
  [200, 4, "high"],
  [200, 5, "medium"],
  [300, 6, "high"],
];

function read(count: number, seed: number, noise: NoiseLevel): Books {
  return readBooks(toBytes(generateBooks(count, seed, noise).files));
}

/** Spoils some data rows: cells that cannot be read, quotes that never close, cells too many. */
function spoil(random: Random, text: string): string {
  const lines = text.split(/\r?\n/);
  return lines
    .map((line, index) => {
      if (index === 0 || line.trim() === "" || !random.chance(0.04)) return line;
      return random.pick(["nonsense", `"${line.replaceAll('"', "")}`, `${line},,;;\t\t||x`]);
    })
    .join("\n");
}

describe.each(CASES)("books of %i invoices, seed %i, %s noise", (count, seed, noise) => {
  it("have every row in exactly one place of the result", async () => {
    const { files } = generateBooks(count, seed, noise);
    const random = seededRandom(seed);
    const spoilt = { ...files, invoices: spoil(random, files.invoices), bank: spoil(random, files.bank) };
    const books = readBooks(toBytes(spoilt));
    const result = await reconcile(books);

    const places = {
      invoices: result.invoices.map(({ row }) => row),
      bank_transactions: result.transactions.map(({ row }) => row),
      purchase_orders: result.orders.flatMap(({ rows }) => rows),
    };
    for (const { file, row } of result.refused) places[file].push(row);
    const expected = {
      invoices: dataLines(spoilt.invoices),
      bank_transactions: dataLines(spoilt.bank),
    };
    expect(places.invoices.sort(ascending)).toEqual(expected.invoices);
    expect(places.bank_transactions.sort(ascending)).toEqual(expected.bank_transactions);
    expect(places.purchase_orders.sort(ascending)).toEqual(books.orderLines.map(({ row }) => row).sort(ascending));
  });

  it("link invoices and transactions both ways, and duplicates to none", async () => {
    const result = await reconcile(read(count, seed, noise));
    const invoices = new Map(result.invoices.map((invoice) => [invoice.row, invoice]));
    const forward = result.invoices.flatMap(({ row, transaction_ids }) => transaction_ids.map((id) => `${row} ${id}`));
    const backward = result.transactions.flatMap(({ transaction_id, invoice_rows }) =>
      invoice_rows.map((row) => `${row} ${transaction_id}`),
    );
    expect(forward.sort()).toEqual(backward.sort());
    for (const { status, transaction_ids, reasons, confidence } of result.invoices) {
      if (status === "duplicate_invoice" || status === "unpaid") expect(transaction_ids).toEqual([]);
      expect(reasons[0]).toMatch(/\.$/);
      expect(confidence).toBeGreaterThanOrEqual(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
    for (const { status, invoice_rows } of result.transactions) {
      expect(status === "unknown_transaction").toBe(invoice_rows.length === 0);
      if (invoice_rows.length > 0) expect(invoice_rows.map((row) => invoices.get(row)?.status)).toContain(status);
    }
  });

  it("give the same result whatever the order of the rows", async () => {
    const books = read(count, seed, noise);
    const random = seededRandom(seed + 100);
    const shuffled: Books = {
      orderLines: random.shuffle([...books.orderLines]),
      invoices: random.shuffle([...books.invoices]),
      transactions: random.shuffle([...books.transactions]),
      refused: random.shuffle([...books.refused]),
    };
    expect(await reconcile(shuffled)).toEqual(await reconcile(books));
  });
});

describe("a run", () => {
  it("reports its stages in order, up to their totals", async () => {
    const seen: Progress[] = [];
    await reconcile(read(200, 4, "high"), { onProgress: (progress) => seen.push(progress) });
    const stages = seen.map(({ stage }) => stage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(stages).toEqual(["ingest_docs", "match_invoices", "detect_anomalies"]);
    for (const stage of new Set(stages)) {
      const ofStage = seen.filter((progress) => progress.stage === stage);
      expect(new Set(ofStage.map(({ total }) => total)).size).toBe(1);
      expect(ofStage.map(({ done }) => done)).toEqual(ofStage.map(({ done }) => done).sort((a, b) => a - b));
      expect(ofStage.at(-1)?.done).toBe(ofStage[0]?.total);
    }
    expect(seen.at(-1)).toMatchObject({ stage: "detect_anomalies", done: 200, total: 200, remainingMs: 0 });
  });

  it("gives up the event loop while it works", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await reconcile(read(1_000, 8, "medium"));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it("stops when asked to", async () => {
    const controller = new AbortController();
    const onProgress = ({ stage }: Progress) => {
      if (stage === "match_invoices") controller.abort(new Error("stopped by the user"));
    };
    const run = reconcile(read(200, 4, "high"), { onProgress, signal: controller.signal });
    await expect(run).rejects.toThrow("stopped by the user");
    await expect(reconcile(read(20, 2, "low"), { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

/** The lines on which data rows start; the generated invoices and bank lines have no newlines in cells. */
function dataLines(text: string): number[] {
  return text.split("\n").flatMap((line, index) => (index === 0 || line.trim() === "" ? [] : index + 1));
}

function ascending(a: number, b: number): number {
  return a - b;
}
