import { expect, test, vi } from "vitest";
import { generateBooks } from "../generator/generate-books";
import { toBytes } from "../generator/measure";
import { readBooks } from "../readers/read-books";
import { reconcile } from "../reconcile";
import { PairScorer } from "./pair-scorer";

test("few amounts and suppliers: of all the open pairs, only those that a group may draw on are scored", async () => {
  const { files } = generateBooks(1_200, 3, "high", { prices: "plans", suppliers: 3 });
  const books = readBooks(toBytes(files));
  const score = vi.spyOn(PairScorer.prototype, "score");
  await reconcile(books);
  const rows = books.invoices.length + books.transactions.length;
  // A pool has at most 28 pairs for a payment and 22 for an invoice, and half of them need none. All pairs are 30 for each row here, and
  // the more the larger the books are.
  expect(score.mock.calls.length).toBeGreaterThan(rows);
  expect(score.mock.calls.length).toBeLessThan(15 * rows);
});
