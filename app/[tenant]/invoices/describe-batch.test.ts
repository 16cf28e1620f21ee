import { expect, test } from "vitest";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import { describeBatch, describeStored } from "./describe-batch";

const batch: BatchDetails = {
  id: "rec_1",
  title: "May: all",
  source: "upload",
  status: "new",
  step: "",
  note: "",
  orders: 1,
  orderLines: 2,
  invoices: 16_000,
  transactions: 0,
  refused: 0,
  threadId: null,
  createdAt: "",
  updatedAt: "",
  totals: [],
  unknownTransactions: 0,
  letters: { ready: 0, sending: 0, sent: 0, skipped: 0, failed: 0 },
};

test("a set is told by what it holds before it is begun, and by its note after, without its name", () => {
  expect(describeBatch(batch)).toBe("16,000 invoices, 0 payments, 1 order.");
  expect(describeBatch({ ...batch, refused: 1 })).toContain("1 row could not be read.");
  expect(describeBatch({ ...batch, status: "running", note: "May: all: 2 invoices" })).toBe("");
  expect(describeBatch({ ...batch, status: "waiting", note: "May: all: nothing more is proposed." })).toBe(
    "Nothing more is proposed.",
  );
});

test("an upload is told in numbers that can be read", () => {
  const counts = { orders: 3, orderLines: 3, invoices: 16_000, transactions: 1, refused: 0 };
  expect(describeStored(counts)).toBe("Stored: 16,000 invoices and 1 payment.");
  expect(describeStored({ ...counts, refused: 1_200 })).toBe("Stored. 1,200 rows could not be read.");
});
