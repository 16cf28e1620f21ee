import { describe, expect, it } from "vitest";
import type { BankTransaction, Books, Invoice, OrderLine } from "./books";
import { toEpochDay } from "./readers/date-column";
import { reconcile } from "./reconcile";
import type { InvoiceStatus } from "./result";

const DAY = toEpochDay(2025, 3, 1) ?? 0;
const SUPPLIER = "Nordwind Logistik GmbH";

/** An order of one line worth `net` minor units. */
function order(poNumber: string, net: number, change: Partial<OrderLine> = {}): OrderLine {
  return {
    row: 0,
    poNumber,
    supplier: SUPPLIER,
    poDay: DAY - 20,
    currency: "EUR",
    lineNo: "1",
    sku: "S-1",
    description: "Goods",
    qty: { units: 1n, scale: 0 },
    unitPrice: { units: BigInt(net), scale: 2 },
    ...change,
  };
}

function invoice(invoiceNumber: string, poNumber: string, net: number, change: Partial<Invoice> = {}): Invoice {
  const tax = Math.round(net * 0.19);
  const supplier = SUPPLIER;
  const dates = { invoiceDay: DAY, dueDay: DAY + 30 };
  return { row: 0, invoiceNumber, supplier, ...dates, poNumber, currency: "EUR", total: net + tax, tax, ...change };
}

function pay(amount: number, reference: string, change: Partial<BankTransaction> = {}): BankTransaction {
  const base = { row: 0, transactionId: "", bookingDay: DAY + 28, currency: "EUR", counterparty: "NORDWIND LOGISTIK" };
  return { ...base, amount: -amount, reference, ...change };
}

function books(orderLines: OrderLine[], invoices: Invoice[], transactions: BankTransaction[]): Books {
  return {
    orderLines: orderLines.map((line, index) => ({ ...line, row: index + 2 })),
    invoices: invoices.map((entry, index) => ({ ...entry, row: index + 2 })),
    transactions: transactions.map((entry, index) => ({ ...entry, row: index + 2, transactionId: `T-${index + 1}` })),
    refused: [],
  };
}

async function statuses(input: Books): Promise<[InvoiceStatus, string[]][]> {
  const { invoices } = await reconcile(input);
  return invoices.map(({ status, transaction_ids }) => [status, transaction_ids]);
}

const ORDER = order("PO-1001", 100_000);
const INVOICE = invoice("INV-501", "PO-1001", 100_000);
const TOTAL = 119_000;

describe("each status", () => {
  it.each<[string, BankTransaction[], InvoiceStatus]>([
    ["a payment of the total", [pay(TOTAL, "INV-501")], "matched"],
    ["a payment two cents off", [pay(TOTAL - 2, "INV-501")], "matched"],
    ["a payment less a bank fee of two percent", [pay(TOTAL * 0.98, "INV-501")], "matched"],
    ["a payment three cents over", [pay(TOTAL + 3, "INV-501")], "overpayment"],
    ["a payment a little more than two percent short", [pay(TOTAL * 0.98 - 100, "INV-501")], "partial_payment"],
    ["two payments that leave something open", [pay(40_000, "INV-501"), pay(30_000, "INV-501")], "partial_payment"],
    [
      "three payments that sum to the total",
      [pay(40_000, "INV-501"), pay(30_000, ""), pay(49_000, "INV501 3/3")],
      "split_payment",
    ],
    [
      "two payments of the total",
      [pay(TOTAL, "INV-501"), pay(TOTAL, "", { bookingDay: DAY + 33 })],
      "duplicate_payment",
    ],
    ["payments that sum to more", [pay(70_000, "INV-501"), pay(70_000, "INV-501")], "overpayment"],
    ["no payment", [], "unpaid"],
    ["a payment before the invoice's date", [pay(TOTAL, "INV-501", { bookingDay: DAY - 15 })], "matched"],
    ["a payment in another currency", [pay(128_000, "INV-501", { currency: "USD" })], "currency_mismatch"],
  ])("%s", async (_, transactions, status) => {
    const ids = transactions.map((_transaction, index) => `T-${index + 1}`);
    const [[found, links] = []] = await statuses(books([ORDER], [INVOICE], transactions));
    expect([found, [...(links ?? [])].sort()]).toEqual([status, ids]);
  });

  it("one payment for several invoices matches each", async () => {
    const input = books(
      [ORDER, order("PO-1002", 20_000), order("PO-1003", 35_050)],
      [INVOICE, invoice("INV-502", "PO-1002", 20_000), invoice("INV-503", "PO-1003", 35_050)],
      [pay(119_000 + 23_800 + 41_710, "INV-501, 502 and others")],
    );
    expect(await statuses(input)).toEqual([
      ["matched", ["T-1"]],
      ["matched", ["T-1"]],
      ["matched", ["T-1"]],
    ]);
    const { transactions } = await reconcile(input);
    expect(transactions[0]).toMatchObject({ status: "matched", invoice_numbers: ["INV-501", "INV-502", "INV-503"] });
  });

  it("amounts count in the currency's own minor units", async () => {
    const yen = { currency: "JPY" };
    const input = books(
      [order("PO-1001", 0, { ...yen, unitPrice: { units: 50_000n, scale: 0 } })],
      [invoice("INV-501", "PO-1001", 50_000, yen)],
      [pay(59_498, "INV-501", yen)],
    );
    expect(await statuses(input)).toEqual([["matched", ["T-1"]]]);
  });
});

describe("precedence", () => {
  it("a duplicate invoice comes before everything and gets no payment", async () => {
    const wrong = { ...INVOICE, total: 150_000 };
    const input = books(
      [ORDER],
      [wrong, { ...wrong, invoiceNumber: "INV-501-A", invoiceDay: DAY + 3 }],
      [pay(150_000, "INV-501"), pay(150_000, "INV-501-A", { bookingDay: DAY + 40 })],
    );
    expect(await statuses(input)).toEqual([
      ["amount_mismatch", ["T-1", "T-2"]],
      ["duplicate_invoice", []],
    ]);
  });

  it.each(["INV-501", "INV-501-A", "INV-510", "INV-501/2"])("%s after INV-501 is its duplicate", async (number) => {
    const later = { ...INVOICE, invoiceNumber: number };
    expect((await statuses(books([ORDER], [INVOICE, later], []))).map(([status]) => status)).toEqual([
      "unpaid",
      "duplicate_invoice",
    ]);
  });

  it("the earlier dated is the original, wherever it stands in the file", async () => {
    const input = books([ORDER], [{ ...INVOICE, invoiceDay: DAY + 5 }, INVOICE], []);
    expect((await statuses(input)).map(([status]) => status)).toEqual(["duplicate_invoice", "unpaid"]);
  });

  it("the same total on another order is no duplicate", async () => {
    const input = books(
      [ORDER, order("PO-2002", 100_000)],
      [INVOICE, { ...INVOICE, invoiceNumber: "INV-510", poNumber: "PO-2002" }],
      [],
    );
    expect((await statuses(input)).map(([status]) => status)).toEqual(["unpaid", "unpaid"]);
  });

  it("a missing order comes before what the payments say", async () => {
    const input = books([ORDER], [{ ...INVOICE, poNumber: "PO-7777" }], [pay(TOTAL, "INV-501"), pay(TOTAL, "INV-501")]);
    expect(await statuses(input)).toEqual([["missing_po", ["T-1", "T-2"]]]);
  });

  it.each(["", "PO-1010", "PO-101", "PO 1001", "1001", "P0-10O1"])("order number %j is found", async (poNumber) => {
    const { invoices } = await reconcile(books([ORDER], [{ ...INVOICE, poNumber }], [pay(TOTAL, "INV-501")]));
    expect(invoices[0]).toMatchObject({ status: "matched", po_number: "PO-1001" });
  });

  it("a neighbouring number is missing when its own invoice bills that order", async () => {
    const other = invoice("INV-777", "PO-1002", 64_000);
    expect((await statuses(books([ORDER], [INVOICE, other], []))).map(([status]) => status)).toEqual([
      "unpaid",
      "missing_po",
    ]);
  });

  it("another currency comes before another amount", async () => {
    const input = books([ORDER], [invoice("INV-501", "PO-1001", 120_000, { currency: "USD" })], []);
    expect(await statuses(input)).toEqual([["currency_mismatch", []]]);
  });

  it("another amount comes before what the payments say, paid or not", async () => {
    const billed = invoice("INV-501", "PO-1001", 104_000);
    expect(await statuses(books([ORDER], [billed], []))).toEqual([["amount_mismatch", []]]);
    const twice = [pay(billed.total, "INV-501"), pay(billed.total, "INV-501")];
    expect(await statuses(books([ORDER], [billed], twice))).toEqual([["amount_mismatch", ["T-1", "T-2"]]]);
  });

  it("an order with an unreadable line accuses no invoice of its amount", async () => {
    const input = books([ORDER], [invoice("INV-501", "PO-1001", 104_000)], []);
    const reason = "not a number";
    input.refused.push({ file: "purchase_orders", row: 3, column: "qty", value: "x", reason, poNumber: "PO-1001" });
    expect(await statuses(input)).toEqual([["unpaid", []]]);
  });

  it("rounding of a line's cents is no other amount", async () => {
    const line = order("PO-1001", 0, { qty: { units: 3n, scale: 0 }, unitPrice: { units: 33_333n, scale: 3 } });
    expect(await statuses(books([line], [invoice("INV-501", "PO-1001", 10_001)], []))).toEqual([["unpaid", []]]);
  });
});

describe("matching", () => {
  it("is global: the exact reference wins although another invoice comes first", async () => {
    const same = [INVOICE, { ...INVOICE, invoiceNumber: "INV-502", poNumber: "PO-1002" }];
    const orders = [ORDER, order("PO-1002", 100_000)];
    const input = books(orders, same, [pay(TOTAL, ""), pay(TOTAL, "INV-501")]);
    expect(await statuses(input)).toEqual([
      ["matched", ["T-2"]],
      ["matched", ["T-1"]],
    ]);
  });

  it("assigns equal amounts by date", async () => {
    const monthly = [0, 30, 60].map((offset, index) =>
      invoice(`INV-60${index}`, `PO-300${index}`, 50_000, { invoiceDay: DAY + offset, dueDay: DAY + offset + 14 }),
    );
    const orders = monthly.map(({ poNumber }) => order(poNumber, 50_000));
    const input = books(orders, monthly, [
      pay(59_500, "", { bookingDay: DAY + 75 }),
      pay(59_500, "", { bookingDay: DAY + 13 }),
      pay(59_500, "", { bookingDay: DAY + 44 }),
    ]);
    expect((await statuses(input)).map(([, ids]) => ids)).toEqual([["T-2"], ["T-3"], ["T-1"]]);
  });

  it("leaves alone what has nothing to do with the invoices", async () => {
    const input = books(
      [ORDER],
      [INVOICE],
      [
        pay(250_000, "Salaries 03/2025", { counterparty: "Payroll" }),
        pay(TOTAL, "VAT 03/2025", { counterparty: "Tax office" }),
        pay(-TOTAL, "INV-501", { counterparty: "Nordwind Logistik GmbH" }),
      ],
    );
    const { invoices, transactions } = await reconcile(input);
    expect(invoices[0]?.status).toBe("unpaid");
    expect(transactions.map(({ status }) => status)).toEqual(new Array(3).fill("unknown_transaction"));
  });

  it("tells two suppliers' invoices of the same number apart by the payee", async () => {
    const supplier = "Baltic Print Ltd";
    const input = books(
      [ORDER, order("PO-9", 30_000, { supplier })],
      [INVOICE, invoice("INV-501", "PO-9", 30_000, { supplier })],
      [pay(35_700, "INV-501", { counterparty: "BALTIC PRINT" })],
    );
    expect((await statuses(input)).map(([status]) => status)).toEqual(["unpaid", "matched"]);
  });

  it("gives reasons in words and a confidence", async () => {
    const { invoices, transactions } = await reconcile(books([ORDER], [INVOICE], [pay(TOTAL - 500, "inv 501")]));
    expect(invoices[0]?.reasons).toEqual([
      "Payment T-1 is for the total less 5.00 EUR, as a bank fee would be.",
      "Payment T-1 for INV-501: the reference names INV-501; the payee is Nordwind Logistik GmbH; paid by the due date.",
    ]);
    expect(invoices[0]?.confidence).toBeGreaterThan(0.9);
    expect(transactions[0]).toMatchObject({ status: "matched", invoice_numbers: ["INV-501"], invoice_rows: [2] });
  });
});
