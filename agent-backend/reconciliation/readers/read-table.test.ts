import { describe, expect, it } from "vitest";
import { UnreadableFileError } from "../books";
import { readTable } from "./read-table";

const read = (text: string) => readTable("invoices", text, ["number", "name", "total"]);

describe("readTable", () => {
  it.each([",", ";", "\t", "|"])("finds the delimiter %j", (delimiter) => {
    const { rows } = read(`number,name,total\n1,A,5\n`.replaceAll(",", delimiter));
    expect(rows).toEqual([{ line: 2, cells: { number: "1", name: "A", total: "5" } }]);
  });

  it("takes columns in any order and case, and a separator hint", () => {
    const { rows } = read(`sep=;\n"Total";NAME; Number \n5;A;1\n`);
    expect(rows).toEqual([{ line: 3, cells: { number: "1", name: "A", total: "5" } }]);
  });

  it("counts lines over quoted newlines and blank lines", () => {
    const { rows } = read(`number,name,total\r\n1,"A\r\nB",5\r\n\r\n2,"C, ""D""",6\r\n`);
    expect(rows.map(({ line, cells }) => [line, cells.name])).toEqual([
      [2, "A\nB"],
      [5, 'C, "D"'],
    ]);
  });

  it("keeps a quote in the middle of a cell", () => {
    expect(read(`number,name,total\n1,Cable 3" shielded,5\n`).rows[0]?.cells.name).toBe('Cable 3" shielded');
  });

  it("refuses the row of a quote that never closes and keeps the rows after it", () => {
    const { rows, refused } = read(`number,name,total\n1,"A,5\n2,B,6\n3,"C",7\n4,D,8\n`);
    expect(refused.map(({ row }) => row)).toEqual([2]);
    expect(rows.map(({ cells }) => cells.number)).toEqual(["2", "3", "4"]);
  });

  it("refuses a row with more cells than the header", () => {
    const { rows, refused } = read("number,name,total\n1,A,1,5\n2,B,6\n");
    expect(refused).toEqual([
      { file: "invoices", row: 2, column: null, value: "1,A,1,5", reason: "the row has 4 cells, the header 3" },
    ]);
    expect(rows).toHaveLength(1);
  });

  it("says which columns are missing", () => {
    expect(() => read("number,total\n1,5\n")).toThrow(new UnreadableFileError("invoices", "the header lacks name"));
    expect(() => read(" \n")).toThrow("the file is empty");
  });
});
