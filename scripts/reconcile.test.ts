import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Truth } from "@/agent-backend/reconciliation/generator/generate-books";
import type { Reconciliation } from "@/agent-backend/reconciliation/result";

let dir: string;

function runReconcile(...args: string[]) {
  const env = { ...process.env, INIT_CWD: dir };
  const run = spawnSync("node_modules/.bin/tsx", ["scripts/reconcile.ts", ...args], { encoding: "utf8", env });
  return { code: run.status, output: run.stdout, errors: run.stderr };
}

const FILES = ["--pos", "purchase_orders.csv", "--invoices", "invoices.csv", "--bank", "bank_transactions.csv"];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "reconcile-"));
  expect(runReconcile("--generate", "60", "--seed", "7", "--noise", "low", "--dir", ".").code).toBe(0);
});

afterAll(() => rm(dir, { recursive: true }));

describe("npm run reconcile", () => {
  it("prints one JSON object with an entry for each invoice and transaction of the files", async () => {
    const { code, output } = runReconcile(...FILES, "--json");
    expect(code).toBe(0);
    const result = JSON.parse(output) as Reconciliation;
    const truth = JSON.parse(await readFile(join(dir, "truth.json"), "utf8")) as Truth;
    expect(result.invoices.map(({ row, invoice_number }) => [row, invoice_number])).toEqual(
      truth.invoices.map(({ row, invoice_number }) => [row, invoice_number]),
    );
    expect(result.transactions.map(({ transaction_id }) => transaction_id)).toEqual(
      truth.transactions.map(({ transaction_id }) => transaction_id),
    );
    expect(Object.keys(result.invoices[0] ?? {})).toEqual(
      "invoice_number row status po_number transaction_ids confidence reasons".split(" "),
    );
    const right = truth.invoices.filter(({ status }, index) => result.invoices[index]?.status === status);
    expect(right.length / truth.invoices.length).toBeGreaterThan(0.9);
  });

  it("prints a table for people otherwise", () => {
    const { output } = runReconcile(...FILES);
    expect(output).toMatch(/^row +invoice +status/);
    expect(output).toMatch(/^unknown_transaction +\d+$/m);
  });

  it("names the rows it refuses", async () => {
    const text = await readFile(join(dir, "invoices.csv"), "utf8");
    await writeFile(join(dir, "bad.csv"), `${text.trimEnd()}\nX-1\n`);
    const { code, output } = runReconcile(...FILES.slice(0, 3), "bad.csv", ...FILES.slice(4), "--json");
    expect(code).toBe(0);
    const { refused } = JSON.parse(output) as Reconciliation;
    expect(refused).toEqual([expect.objectContaining({ file: "invoices", row: 62, column: "currency", value: "" })]);
  });

  it("says in one line what is wrong with its arguments or files", () => {
    expect(runReconcile("--pos", "purchase_orders.csv")).toMatchObject({ code: 1, output: "" });
    expect(runReconcile(...FILES.slice(0, 5), "missing.csv").errors).toMatch(/^cannot read missing\.csv: .*\n$/);
    expect(runReconcile("--wrong").errors).toMatch(/^Unknown option '--wrong'/);
    const swapped = ["--pos", "invoices.csv", ...FILES.slice(2)];
    expect(runReconcile(...swapped).errors).toBe(
      "purchase_orders: the header lacks po_date, line_no, sku, description, qty, unit_price\n",
    );
  });
});
