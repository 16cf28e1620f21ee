import { parse } from "csv-parse/sync";
import type { z } from "zod";

/** A row, or a file, that was not taken. `row` is the line in the file as an editor counts it, header 1. */
export interface Refusal {
  file: string;
  row: number;
  column: string;
  message: string;
}

export interface ReadRow<T> {
  row: number;
  value: T;
}

/**
 * The rows of a CSV file that fit the schema, by column name, and a refusal for each that does not. Quoted newlines, a byte order mark
 * and semicolons for commas are understood. A column that is missing refuses the whole file.
 */
export function readRows<T extends Record<string, unknown>>(
  file: string,
  text: string,
  schema: z.ZodObject<z.ZodRawShape, z.UnknownKeysParam, z.ZodTypeAny, T, unknown>,
  required: readonly string[],
): { rows: ReadRow<T>[]; refusals: Refusal[] } {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = firstLine.split(";").length > firstLine.split(",").length ? ";" : ",";
  const refusals: Refusal[] = [];
  const refuse = (row: number, column: string, message: string) => refusals.push({ file, row, column, message });
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      delimiter,
      cast: (value) => value.trim(),
      info: true,
      skip_empty_lines: true,
      // A line of empty cells, as spreadsheets leave them at the end.
      skip_records_with_empty_values: true,
      // A row that is not CSV, or has another number of cells than the header, is refused alone.
      skip_records_with_error: true,
      on_skip: (error) => {
        if (error) refuse(Number((error as { lines?: number }).lines ?? 0), "", wordsFor(error));
        return undefined;
      },
      // A quote inside a cell is a character like any other; strictly read, it would take the rows after it along.
      relax_quotes: true,
      ltrim: true,
    }) as unknown as typeof records;
  } catch (error) {
    return {
      rows: [],
      refusals: [{ file, row: 1, column: "", message: `is not a CSV file: ${(error as Error).message}` }],
    };
  }
  const header = firstLine
    .replace(/^\uFEFF/, "")
    .split(delimiter)
    .map((name) => name.trim().replace(/^"|"$/g, "").toLowerCase());
  const missing = required.find((column) => !header.includes(column));
  if (missing) return { rows: [], refusals: [{ file, row: 1, column: missing, message: "this column is missing" }] };
  const rows: ReadRow<T>[] = [];
  for (const { record, info } of records) {
    const parsed = schema.safeParse(record);
    // Where the record begins: it ends as many lines later as there are in its cells.
    const row = info.lines - (Object.values(record).join("").match(/\n/g)?.length ?? 0);
    if (parsed.success) rows.push({ row, value: parsed.data });
    for (const issue of parsed.error?.issues ?? []) refuse(row, issue.path.join("."), issue.message);
  }
  return { rows, refusals };
}

function wordsFor({ code, message }: { code?: string; message: string }): string {
  switch (code) {
    case "CSV_RECORD_INCONSISTENT_COLUMNS":
    case "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH":
      return "has another number of cells than the header";
    case "CSV_QUOTE_NOT_CLOSED":
      return "begins a quote that is never closed; nothing after it can be read";
    default:
      return `is not CSV: ${message}`;
  }
}
