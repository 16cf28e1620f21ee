import { CsvError, parse } from "csv-parse/sync";
import { type BookFile, type RefusedRow, UnreadableFileError } from "../books";

export interface TableRow {
  /** The line of the file on which the row starts; the header is line 1. */
  line: number;
  cells: Record<string, string>;
}

export interface Table {
  rows: TableRow[];
  refused: RefusedRow[];
  delimiter: string;
}

interface RawRecord {
  line: number;
  values: string[];
}

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * Reads delimited text whose header names `columns`, in any order and case. The delimiter is the one under which the
 * header has most of those columns. A row with too many cells, too few, or a broken quote is refused by its line and
 * reading goes on at the next line. Throws UnreadableFileError when a column is missing.
 */
export function readTable(file: BookFile, text: string, columns: readonly string[]): Table {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  let headerLine = lines.findIndex((line) => line.trim() !== "");
  if (headerLine < 0) throw new UnreadableFileError(file, "the file is empty");
  // Excel writes and reads this hint, which is no part of the table.
  if (/^"?sep=.?"?$/i.test((lines[headerLine] ?? "").trim())) headerLine += 1;

  const { delimiter, header } = readHeader(lines[headerLine] ?? "", columns);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new UnreadableFileError(file, `the header lacks ${missing.join(", ")}`);

  const table: Table = { rows: [], refused: [], delimiter };
  const refuse = (line: number, column: string | null, value: string, reason: string) =>
    table.refused.push({ file, row: line, column, value: value.slice(0, 200), reason });

  for (const record of readRecords(lines, headerLine + 1, delimiter, refuse)) {
    const { line, values } = record;
    if (values.every((value) => value.trim() === "")) continue;
    if (values.length > header.length && values.slice(header.length).some((value) => value.trim() !== "")) {
      refuse(line, null, values.join(delimiter), `the row has ${values.length} cells, the header ${header.length}`);
      continue;
    }
    const cells: Record<string, string> = {};
    header.forEach((name, index) => {
      cells[name] ??= (values[index] ?? "").trim();
    });
    table.rows.push({ line, cells });
  }
  return table;
}

function readHeader(line: string, columns: readonly string[]): { delimiter: string; header: string[] } {
  const readings = DELIMITERS.map((delimiter) => {
    const header = line.split(delimiter).map((name) =>
      name
        .replace(/["\uFEFF]/g, "")
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, "_"),
    );
    return { delimiter, header, known: header.filter((name) => columns.includes(name)).length };
  });
  return readings.reduce((best, reading) => (reading.known > best.known ? reading : best));
}

/**
 * Parses from line index `start`. At a broken quote the record's first line is read alone, and refused if it cannot be,
 * so that one stray quote never swallows the rows after it.
 */
function* readRecords(
  lines: string[],
  start: number,
  delimiter: string,
  refuse: (line: number, column: null, value: string, reason: string) => void,
): Generator<RawRecord> {
  let next = start;
  while (next < lines.length) {
    const offset = next;
    const records: RawRecord[] = [];
    let consumed = 0;
    try {
      parse(lines.slice(offset).join("\n"), {
        delimiter,
        relax_column_count: true,
        skip_empty_lines: false,
        max_record_size: 100_000,
        on_record: (values: string[], info) => {
          records.push({ line: offset + consumed + 1, values });
          consumed = info.lines;
          return null;
        },
      });
      next = lines.length;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const broken = offset + consumed;
      const line = lines[broken] ?? "";
      const alone = readLineAlone(line, delimiter);
      if (alone) records.push({ line: broken + 1, values: alone });
      else refuse(broken + 1, null, line, "a quote in this row is never closed or stands in the wrong place");
      next = broken + 1;
    }
    yield* records;
  }
}

function readLineAlone(line: string, delimiter: string): string[] | null {
  try {
    const [values] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true }) as string[][];
    return values ?? null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
