import { expect, test } from "vitest";
import { productColumns } from "./columns";
import { readRows } from "./read-rows";

const read = (rows: string) =>
  readRows("products.csv", `sku,name,units_in_stock,unit_price,discontinued\n${rows}`, productColumns, ["sku"]);

test("a row of another length, or one that is not CSV, is refused alone and by the line it begins at", () => {
  const { rows, refusals } = read(
    'A,Arm,1,1.5000,0\nB,Bo,2,1,3,extra\nC,"Ca\nble",2,19,0\nD,Dr"ill,1,1,0\n,,,,\nE,"Quoted" end,3,3,0\nF,Short,1\nG,"unclosed,1,1,0\n',
  );
  expect(rows.map(({ row, value }) => `${row} ${value.name} ${value.unit_price}`)).toEqual([
    "2 Arm 150",
    "4 Ca\nble 1900",
    '6 Dr"ill 100',
    '8 "Quoted" end 300',
  ]);
  expect(refusals.map(({ row, message }) => `${row} ${message}`)).toEqual([
    "3 has another number of cells than the header",
    "9 has another number of cells than the header",
    expect.stringMatching(/^\d+ begins a quote that is never closed/),
  ]);
});
