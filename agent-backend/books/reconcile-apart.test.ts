import { expect, test } from "vitest";
import type { Books } from "../reconciliation/books";
import { generateBooks } from "../reconciliation/generator/generate-books";
import { readBooks } from "../reconciliation/readers/read-books";
import { reconcileApart } from "./reconcile-apart";

function books(invoices: number): Books {
  const { files } = generateBooks(invoices, 6);
  return readBooks({
    purchaseOrders: Buffer.from(files.purchaseOrders),
    invoices: Buffer.from(files.invoices),
    bank: Buffer.from(files.bank),
  });
}

test.each([
  ["here", 100],
  ["in a thread of its own", 2_000],
])("matching %s is given up as soon as somebody wants that", async (_where, invoices) => {
  const abort = new AbortController();
  const reason = new Error("cancelled by ben");
  const matching = reconcileApart(books(invoices), {
    signal: abort.signal,
    onProgress: ({ stage }) => stage === "match_invoices" && abort.abort(reason),
  });
  await expect(matching).rejects.toBe(reason);
});
