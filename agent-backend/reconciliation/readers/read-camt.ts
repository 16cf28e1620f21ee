import type { BankTransaction, RefusedRow } from "../books";
import { readEntries, type StatementEntry } from "./statement-entry";
import { elements, parseXml, textAt, type XmlNode } from "./xml-tree";

const UNSET = new Set(["", "NOTPROVIDED", "NONREF"]);

/**
 * Reads a CAMT.053 statement (ISO 20022, `BkToCstmrStmt`, versions 001.02 to 001.13, which differ in where a party's
 * name sits). A collective booking that itemises its transactions with amounts gives one transaction each.
 */
export function readCamt(text: string): { rows: BankTransaction[]; refused: RefusedRow[] } {
  const bookings = elements(parseXml(text), "Document", "BkToCstmrStmt", "Stmt", "Ntry");
  const entries: StatementEntry[] = [];
  const pending: RefusedRow[] = [];
  for (const booking of bookings) {
    for (const part of partsOf(booking)) {
      const row = entries.length + pending.length + 1;
      const status = textAt(booking, "Sts", "Cd") || textAt(booking, "Sts");
      if (status !== "" && status !== "BOOK") {
        const reason = "announced, not booked yet";
        pending.push({ file: "bank_transactions", row, column: "Sts", value: status, reason });
      } else {
        entries.push({ row, ...readPart(booking, part) });
      }
    }
  }
  const { rows, refused } = readEntries(entries);
  return { rows, refused: [...refused, ...pending].sort((a, b) => a.row - b.row) };
}

/** The itemised transactions of a booking when each has its own amount, else one part without details of its own. */
function partsOf(booking: XmlNode): XmlNode[] {
  const details = elements(booking, "NtryDtls", "TxDtls");
  if (details.length > 1 && details.every((detail) => amountNode(detail) !== undefined)) return details;
  return [details.length === 1 ? details[0] : undefined];
}

function amountNode(detail: XmlNode): XmlNode {
  return elements(detail, "Amt")[0] ?? elements(detail, "AmtDtls", "TxAmt", "Amt")[0];
}

function readPart(booking: XmlNode, detail: XmlNode): Omit<StatementEntry, "row"> {
  const single = elements(booking, "NtryDtls", "TxDtls").length <= 1;
  const amount = single ? elements(booking, "Amt")[0] : amountNode(detail);
  const indicator = (!single && textAt(detail, "CdtDbtInd")) || textAt(booking, "CdtDbtInd");
  const outgoing = indicator === "DBIT";
  const party = outgoing ? "Cdtr" : "Dbtr";
  const date = elements(booking, "BookgDt")[0] ?? elements(booking, "ValDt")[0];
  return {
    transactionId: firstSet(
      textAt(detail, "Refs", "AcctSvcrRef"),
      textAt(detail, "Refs", "TxId"),
      textAt(booking, "AcctSvcrRef"),
      textAt(booking, "NtryRef"),
    ),
    bookingDate: textAt(date, "Dt") || textAt(date, "DtTm"),
    amount: `${outgoing ? "-" : ""}${textAt(amount)}`,
    currency: textAt(amount, "@Ccy"),
    counterparty: firstSet(
      textAt(detail, "RltdPties", party, "Nm"),
      textAt(detail, "RltdPties", party, "Pty", "Nm"),
      textAt(detail, "RltdPties", `Ultmt${party}`, "Nm"),
    ),
    reference: referenceOf(booking, detail),
  };
}

function referenceOf(booking: XmlNode, detail: XmlNode): string {
  const remittance = [
    ...elements(detail, "RmtInf", "Ustrd").map((line) => textAt(line)),
    ...elements(detail, "RmtInf", "Strd", "RfrdDocInf", "Nb").map((number) => textAt(number)),
    ...elements(detail, "RmtInf", "Strd", "CdtrRefInf", "Ref").map((reference) => textAt(reference)),
    textAt(detail, "Refs", "EndToEndId"),
  ].filter((line) => !UNSET.has(line));
  return remittance.length > 0 ? [...new Set(remittance)].join(" ") : textAt(booking, "AddtlNtryInf");
}

function firstSet(...values: string[]): string {
  return values.find((value) => !UNSET.has(value)) ?? "";
}
