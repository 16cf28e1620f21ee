import { expect, test } from "vitest";
import { fileProgress } from "./file-progress";
import { guessBookFile } from "./guess-book-file";
import { readBooksOutcome } from "./upload-books";

test("a file's place is told by its first line or its kind, and not guessed when neither says", () => {
  expect(guessBookFile("a.csv", "\uFEFFpo_number;supplier;po_date;currency;line_no\r\n")).toBe("purchase_orders");
  expect(guessBookFile("b.csv", '"invoice_number","supplier","po_number"\n')).toBe("invoices");
  expect(guessBookFile("c.csv", "transaction_id,booking_date,amount\n")).toBe("bank_transactions");
  expect(guessBookFile("statement.xml", "")).toBe("bank_transactions");
  expect(guessBookFile("statement.txt", "OFXHEADER:100\n")).toBe("bank_transactions");
  expect(guessBookFile("notes.txt", "dear all\n")).toBeNull();
});

test("files of one form are sent one after the other, and each has its own share", () => {
  expect(fileProgress(0, [100, 300])).toEqual([0, 0]);
  expect(fileProgress(0.5, [100, 300])).toEqual([1, 1 / 3]);
  expect(fileProgress(1, [100, 0, 300])).toEqual([1, 1, 1]);
});

test("an answer is taken, refused with the file that is at fault, or not an answer of ours", () => {
  const counts = { orders: 1, orderLines: 2, invoices: 3, transactions: 4, refused: 5 };
  const stored = JSON.stringify({ batchId: "bat_1", counts });
  expect(readBooksOutcome({ status: 201, body: stored })).toEqual({ ok: true, batchId: "bat_1", counts });
  const refused = JSON.stringify({ error: { message: "One file cannot be read.", fields: { invoices: "No total." } } });
  expect(readBooksOutcome({ status: 422, body: refused })).toEqual({
    ok: false,
    message: "One file cannot be read.",
    fields: { invoices: "No total." },
  });
  expect(readBooksOutcome({ status: 502, body: "<html>" })).toMatchObject({ ok: false, fields: {} });
  expect(readBooksOutcome({ status: 0, body: "", failure: "Cancelled." })).toMatchObject({ message: "Cancelled." });
});
