import { expect, test } from "vitest";
import type { InvoiceEvidence } from "@/lib/invoices/get-evidence";
import { compareDocuments, describePaid } from "./comparison";

const payment = (row: number, amountMinor: number, more: Partial<InvoiceEvidence["payments"][number]> = {}) => ({
  row,
  transactionId: `TX-${row}`,
  bookingDate: "2026-03-20",
  amountMinor,
  currency: "EUR",
  counterparty: "NORDLICHT OPTIK",
  reference: "RE 104",
  alsoPays: [],
  ...more,
});

const evidence = (more: Partial<InvoiceEvidence> = {}): InvoiceEvidence => ({
  row: 2,
  invoiceNumber: "INV-104",
  supplier: "Nordlicht Optik GmbH",
  invoiceDate: "2026-03-01",
  dueDate: "2026-03-31",
  statedPo: "PO-77",
  currency: "EUR",
  totalMinor: 119_000,
  taxMinor: 19_000,
  status: "matched",
  confidence: 0.98,
  reasons: [],
  reconciledAt: null,
  reconciledBy: null,
  order: {
    poNumber: "PO-77",
    supplier: "Nordlicht Optik",
    poDate: "2026-02-10",
    currency: "EUR",
    netMinor: 100_000,
    lines: [],
  },
  payments: [payment(5, -119_000)],
  edits: [],
  ...more,
});

const order = (more: Partial<NonNullable<InvoiceEvidence["order"]>>) => ({ ...evidence().order, ...more }) as never;

const differences = (one: InvoiceEvidence) =>
  compareDocuments(one).flatMap(({ field, cells }) =>
    cells.filter(({ difference }) => difference).map(({ column, difference }) => `${field}, ${column}: ${difference}`),
  );

test("papers that agree differ in nothing, whatever a bank does to a name and rounding to a cent", () => {
  expect(differences(evidence())).toEqual([]);
  expect(differences(evidence({ payments: [payment(5, -118_998)] }))).toEqual([]);
  expect(describePaid(evidence())).toBe("Paid 1,190.00 EUR, as billed.");
});

test("each difference is marked at the paper that differs, with how much", () => {
  expect(differences(evidence({ order: order({ netMinor: 90_000 }) }))).toEqual([
    "Net, order: 100.00 EUR less than billed",
  ]);
  expect(differences(evidence({ order: order({ netMinor: null }) }))).toEqual([
    "Net, order: a line of it could not be read",
  ]);
  expect(differences(evidence({ payments: [payment(5, -120_000)] }))).toEqual(["Total, 5: 10.00 EUR more than billed"]);
  expect(
    differences(
      evidence({
        statedPo: "PO-7",
        order: order({ currency: "USD", poDate: "2026-03-02" }),
        payments: [payment(5, -119_000, { counterparty: "Elbe Logistik", bookingDate: "2026-02-27", currency: "CHF" })],
      }),
    ),
  ).toEqual([
    "Order named, invoice: written differently",
    "Supplier, 5: another name",
    "Date, order: after the invoice",
    "Date, 5: before the invoice",
    "Currency, order: another currency",
    "Currency, 5: another currency",
  ]);
});

test("an invoice without its order says whether it names one", () => {
  expect(differences(evidence({ order: null }))).toEqual(["Order named, invoice: not in the orders"]);
  expect(differences(evidence({ order: null, statedPo: "" }))).toEqual(["Order named, invoice: names no order"]);
});

test("what was paid is summed up in a sentence", () => {
  expect(describePaid(evidence({ payments: [] }))).toBe("Nothing was paid for this invoice.");
  expect(describePaid(evidence({ payments: [payment(5, -60_000), payment(6, -49_000)] }))).toBe(
    "2 payments, in all 1,090.00 EUR, 100.00 EUR less than billed.",
  );
  const shared = payment(5, -238_000, { alsoPays: [{ row: 9, invoiceNumber: "INV-105" }] });
  expect(describePaid(evidence({ payments: [shared] }))).toBe("The payment also covers INV-105.");
  expect(differences(evidence({ payments: [shared] }))).toEqual([]);
});

test("an invoice that nobody has looked at is not said to differ or to be unpaid", () => {
  const unseen = evidence({ status: null, confidence: null, order: null, payments: [] });
  expect(compareDocuments(unseen).flatMap(({ cells }) => cells.flatMap(({ difference }) => difference ?? []))).toEqual(
    [],
  );
  expect(describePaid(unseen)).toBe("");
});
