import { currencyExponent } from "@/contract/money";
import type { BookFile, Decimal, EpochDay, MinorUnits, RefusedRow } from "../books";
import { toMinorUnits } from "../money";
import { type DateOrder, inferDateOrder, parseDate } from "./date-column";
import { type DecimalMark, inferDecimalMark, parseDecimal } from "./decimal-column";
import { readTable, type TableRow } from "./read-table";

/** How one file writes each of its date and number columns. */
interface ColumnFormats {
  dateOrders: Map<string, DateOrder>;
  decimalMarks: Map<string, DecimalMark>;
}

class RefusedCell extends Error {
  readonly column: string;
  readonly value: string;

  constructor(column: string, value: string, reason: string) {
    super(reason);
    this.column = column;
    this.value = value;
  }
}

/** The cells of one row, read as what they should be. Each method refuses the row when the cell is something else. */
export class RowReader {
  readonly line: number;
  readonly #cells: Record<string, string>;
  readonly #formats: ColumnFormats;

  constructor(row: TableRow, formats: ColumnFormats) {
    this.line = row.line;
    this.#cells = row.cells;
    this.#formats = formats;
  }

  optionalText(column: string): string {
    return this.#cells[column] ?? "";
  }

  text(column: string): string {
    const value = this.optionalText(column);
    if (value === "") throw new RefusedCell(column, value, "the value is missing");
    return value;
  }

  currency(column: string): string {
    const value = this.text(column).toUpperCase();
    if (!/^[A-Z]{3}$/.test(value)) throw new RefusedCell(column, value, "not a three-letter currency code");
    return value;
  }

  optionalDay(column: string): EpochDay | null {
    return this.optionalText(column) === "" ? null : this.day(column);
  }

  day(column: string): EpochDay {
    const value = this.text(column);
    const order = this.#formats.dateOrders.get(column) ?? "dmy";
    const day = parseDate(value, order);
    if (day === null) {
      const written = order === "dmy" ? "day first" : "month first";
      throw new RefusedCell(column, value, `not a date (this column is read year first or ${written})`);
    }
    return day;
  }

  decimal(column: string): Decimal {
    const value = this.text(column);
    const decimal = parseDecimal(value, this.#formats.decimalMarks.get(column) ?? ".");
    if (decimal === null) throw new RefusedCell(column, value, "not a number");
    return decimal;
  }

  amount(column: string, currency: string): MinorUnits {
    const amount = toMinorUnits(this.decimal(column), currency);
    if (amount === null) {
      const reason = `more than the ${currencyExponent(currency)} decimals ${currency} has, or too large`;
      throw new RefusedCell(column, this.text(column), reason);
    }
    return amount;
  }

  optionalAmount(column: string, currency: string): MinorUnits {
    return this.optionalText(column) === "" ? 0 : this.amount(column, currency);
  }
}

export interface RowFormat<Row> {
  file: BookFile;
  columns: readonly string[];
  dateColumns: readonly string[];
  numberColumns: readonly string[];
  read: (row: RowReader) => Row;
}

/** Reads every row of a delimited file; a row with a cell that cannot be read is refused, the others are kept. */
export function readRows<Row>(text: string, format: RowFormat<Row>): { rows: Row[]; refused: RefusedRow[] } {
  const table = readTable(format.file, text, format.columns);
  const formats = inferFormats(table.rows, table.delimiter, format);
  const refused = [...table.refused];
  const rows: Row[] = [];
  for (const row of table.rows) {
    try {
      rows.push(format.read(new RowReader(row, formats)));
    } catch (error) {
      if (!(error instanceof RefusedCell)) throw error;
      const { column, value } = error;
      refused.push({ file: format.file, row: row.line, column, value: value.slice(0, 200), reason: error.message });
      const poNumber = format.file === "purchase_orders" ? row.cells.po_number : undefined;
      if (poNumber) (refused.at(-1) as RefusedRow).poNumber = poNumber;
    }
  }
  return { rows, refused: refused.sort((a, b) => a.row - b.row) };
}

/** Each column decides for itself; one that shows nothing follows the file's others, then what its delimiter suggests. */
function inferFormats<Row>(rows: TableRow[], delimiter: string, format: RowFormat<Row>): ColumnFormats {
  const valuesOf = (name: string) => rows.map((row) => row.cells[name] ?? "");
  const marks = format.numberColumns.map((name) => [name, inferDecimalMark(valuesOf(name))] as const);
  // Where the comma cannot separate cells it is usually the decimal mark.
  const usualMark = commonest(marks) ?? (delimiter === ";" ? "," : ".");
  const orders = format.dateColumns.map((name) => [name, inferDateOrder(valuesOf(name))] as const);
  const usualOrder = commonest(orders) ?? (usualMark === "," ? "dmy" : "mdy");
  return {
    decimalMarks: new Map(marks.map(([name, mark]) => [name, mark ?? usualMark])),
    dateOrders: new Map(orders.map(([name, order]) => [name, order ?? usualOrder])),
  };
}

function commonest<Value>(columns: (readonly [string, Value | null])[]): Value | null {
  const values = columns.flatMap(([, value]) => (value === null ? [] : [value]));
  const count = (value: Value) => values.filter((other) => other === value).length;
  return values.reduce<Value | null>(
    (best, value) => (best === null || count(value) > count(best) ? value : best),
    null,
  );
}
