import { CsvError, parse } from "csv-parse/sync";
import { CSV_COLUMNS_MAX } from "../limits";
import type { ReadText } from "./read-file";
import { Refusal } from "./refusal";

const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE_LINES = 20;

/**
 * A table as a list with one line a record, `- Column: value | Column: value`: a record that is found alone still says what its values
 * mean, which a row without its header does not.
 */
export function readCsv(csv: string): ReadText {
  const records = parseRecords(csv).filter((record) => record.some((cell) => cell.trim() !== ""));
  const width = records.reduce((most, record) => Math.max(most, record.length), 0);
  if (width > CSV_COLUMNS_MAX)
    throw new Refusal("document_too_complex", `The table has ${width} columns; ${CSV_COLUMNS_MAX} can be read.`);
  const first = records[0] ?? [];
  const named = hasHeader(records);
  const columns = first.map((cell) => oneLine(cell));
  const lines = (named ? records.slice(1) : records).map((record) => recordLine(record, named ? columns : []));
  const header = named ? `Columns: ${columns.filter(Boolean).join(", ")}\n\n` : "";
  return { text: header + lines.join("\n"), title: "" };
}

function parseRecords(csv: string): string[][] {
  try {
    return parse(csv, {
      delimiter: delimiterOf(csv),
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal("document_broken", `The table cannot be read: ${error.message.slice(0, 200)}.`);
  }
}

/** The delimiter that splits the first lines into the most equal columns. */
function delimiterOf(csv: string): string {
  const lines = csv
    .slice(0, 64 * 1024)
    .split(/\r?\n/)
    .filter(Boolean)
    .slice(0, SAMPLE_LINES);
  const score = (delimiter: string) => {
    const counts = lines.map((line) => line.replaceAll(/"[^"]*"/g, "").split(delimiter).length - 1);
    return Math.min(...counts) * 1000 + (counts[0] ?? 0);
  };
  return DELIMITERS.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best));
}

/** The first record names the columns when its cells are filled, different, and none is a number. */
function hasHeader(records: string[][]): boolean {
  const cells = (records[0] ?? []).map((cell) => cell.trim());
  const named = cells.filter((cell) => cell !== "" && !/^[-+]?[\d.,%€$£ ]+$/.test(cell));
  return records.length > 1 && named.length === cells.length && new Set(cells).size === cells.length;
}

function recordLine(record: string[], columns: string[]): string {
  const cells = record.flatMap((cell, i) => {
    const value = oneLine(cell);
    if (value === "") return [];
    return [columns[i] ? `${columns[i]}: ${value}` : value];
  });
  return `- ${cells.join(" | ")}`;
}

const oneLine = (cell: string): string => cell.replaceAll(/\s+/g, " ").trim();
