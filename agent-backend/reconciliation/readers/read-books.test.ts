import { describe, expect, it } from "vitest";
import { readBooks } from "./read-books";
import { readInvoices } from "./read-invoices";
import { readPurchaseOrders } from "./read-purchase-orders";

const ORDERS = "po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price\n";
const INVOICES = "invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax\n";
const BANK = "transaction_id,booking_date,amount,currency,counterparty,reference\n";

describe("the delimited files", () => {
  it("are read into minor units and days", () => {
    const books = readBooks({
      purchaseOrders: Buffer.from(`${ORDERS}PO-1,Acme,2025-01-01,EUR,1,S,"two\nlines",3,12.345\n`),
      invoices: Buffer.from(`${INVOICES}I-1,Acme,2025-01-02,,PO-1,eur,119.00,19.00\n`, "utf16le"),
      bank: Buffer.from(`\uFEFF${BANK}T-1,2025-01-03,-119.00,EUR,ACME,I-1\n`),
    });
    expect(books.orderLines[0]).toMatchObject({
      row: 2,
      qty: { units: 3n, scale: 0 },
      unitPrice: { units: 12_345n, scale: 3 },
    });
    expect(books.invoices[0]).toMatchObject({
      row: 2,
      invoiceDay: 20_090,
      dueDay: null,
      currency: "EUR",
      total: 11_900,
      tax: 1_900,
    });
    expect(books.transactions[0]).toMatchObject({ row: 2, amount: -11_900, counterparty: "ACME" });
    expect(books.refused).toEqual([]);
  });

  it("are read with decimal commas, thousands and dates of their own", () => {
    const text = `${INVOICES.replaceAll(",", ";")}I-1;Acme;03.02.2025;17.02.2025;PO-1;EUR;1.234,50;0\nI-2;Acme;04.02.2025;18.02.2025;PO-2;EUR;1.234;0\n`;
    expect(readInvoices(text).rows.map(({ total }) => total)).toEqual([123_450, 123_400]);
    const american = `${INVOICES}I-1,Acme,02/03/2025,02/17/2025,PO-1,USD,"1,234.50",0\n`;
    expect(readInvoices(american).rows[0]).toMatchObject({ invoiceDay: 20_122, dueDay: 20_136, total: 123_450 });
  });

  it("refuse bad values by row and column and keep the rest", () => {
    const { rows, refused } = readInvoices(
      `${INVOICES}I-1,Acme,2025-02-30,,PO-1,EUR,1,0\nI-2,Acme,2025-02-01,,PO-1,EUR,abc,0\nI-3,Acme,2025-02-01,,PO-1,EURO,1,0\n` +
        `,Acme,2025-02-01,,PO-1,EUR,1,0\nI-5,Acme,2025-02-01,,PO-1,JPY,1.5,0\nI-6,Acme,2025-02-01,,,EUR,1,\n`,
    );
    expect(refused.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, "invoice_date", "2025-02-30"],
      [3, "total", "abc"],
      [4, "currency", "EURO"],
      [5, "invoice_number", ""],
      [6, "total", "1.5"],
    ]);
    expect(rows.map(({ invoiceNumber, tax }) => [invoiceNumber, tax])).toEqual([["I-6", 0]]);
  });

  it("say which order a refused line belongs to", () => {
    const { refused } = readPurchaseOrders(`${ORDERS}PO-1,Acme,2025-01-01,EUR,1,S,,many,1\n`);
    expect(refused[0]).toMatchObject({ row: 2, column: "qty", poNumber: "PO-1" });
  });
});
