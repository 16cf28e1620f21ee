import { expect, test } from "vitest";
import { reportCsv } from "./report-csv";

test("the report's lines are quoted where they must be, and no cell is a formula", () => {
  const order = {
    id: "ORD-1",
    customer: 'Klein, "Söhne"',
    status: "fulfilled" as const,
    note: "=HYPERLINK(1)",
    currency: "EUR",
    unitsOrdered: 3,
    unitsShipped: 2,
    chargedMinor: 1_205,
  };
  const csv = reportCsv({ orders: [order] } as Parameters<typeof reportCsv>[0]);
  expect(csv.split("\r\n")).toEqual([
    "order_id,customer,status,units_ordered,units_shipped,charged,currency,note",
    `ORD-1,"Klein, ""Söhne""",fulfilled,3,2,12.05,EUR,'=HYPERLINK(1)`,
    "",
  ]);
});
