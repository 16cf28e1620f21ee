import { type BankTransaction, type RefusedRow, UnreadableFileError } from "../books";
import { readEntries } from "./statement-entry";
import { elements, parseXml, textAt } from "./xml-tree";

/** Reads an OFX statement: version 2, which is XML, and version 1, whose SGML leaves the tags of values open. */
export function readOfx(text: string): { rows: BankTransaction[]; refused: RefusedRow[] } {
  const start = text.search(/<OFX>/i);
  if (start < 0) throw new UnreadableFileError("bank_transactions", "the OFX element is missing");
  const body = text.slice(start);
  const document = parseXml(/^\s*<\?xml/i.test(text) ? body : closeOpenTags(body));
  const statements = [
    ...elements(document, "OFX", "BANKMSGSRSV1", "STMTTRNRS", "STMTRS"),
    ...elements(document, "OFX", "CREDITCARDMSGSRSV1", "CCSTMTTRNRS", "CCSTMTRS"),
  ];
  const bookings = statements.flatMap((statement) =>
    elements(statement, "BANKTRANLIST", "STMTTRN").map((booking) => ({
      booking,
      currency: textAt(booking, "CURRENCY", "CURSYM") || textAt(statement, "CURDEF"),
    })),
  );
  return readEntries(
    bookings.map(({ booking, currency }, index) => ({
      row: index + 1,
      transactionId: textAt(booking, "FITID"),
      bookingDate: textAt(booking, "DTPOSTED").slice(0, 8),
      amount: textAt(booking, "TRNAMT"),
      currency,
      counterparty: textAt(booking, "NAME") || textAt(booking, "PAYEE", "NAME"),
      reference: [textAt(booking, "MEMO"), textAt(booking, "CHECKNUM"), textAt(booking, "REFNUM")]
        .filter((part) => part !== "")
        .join(" "),
    })),
  );
}

/**
 * OFX 1.6 section 2.4: only aggregates are always closed. A value's tag is closed here if it is not; a tag without a
 * value that no tag of the file closes is an empty value. Bare ampersands, which SGML allows, are escaped.
 */
function closeOpenTags(sgml: string): string {
  const aggregates = new Set<string>();
  const withoutValueEnds = sgml.replace(/<([A-Z0-9._]+)>([^<]*)<\/\1>/gi, (_, name: string, value: string) =>
    value.trim() === "" ? "" : `<${name}>${value}`,
  );
  for (const match of withoutValueEnds.matchAll(/<\/([A-Z0-9._]+)>/gi)) aggregates.add(match[1] ?? "");
  return withoutValueEnds
    .replace(/&(?!(?:[a-z]+|#\d+|#x[\da-f]+);)/gi, "&amp;")
    .replace(/<([A-Z0-9._]+)>([^<]*)/gi, (tag, name: string, value: string) => {
      if (value.trim() !== "") return `<${name}>${value.trim()}</${name}>`;
      return aggregates.has(name) ? tag : "";
    });
}
