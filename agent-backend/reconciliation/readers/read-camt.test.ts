import { describe, expect, it } from "vitest";
import { readBank } from "./read-books";

const statement = (entries: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>${entries}</Stmt></BkToCstmrStmt></Document>`;

const PAYMENT = `<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">1190.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
  <BookgDt><Dt>2025-02-03</Dt></BookgDt><AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls><TxDtls>
  <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
  <RltdPties><Dbtr><Pty><Nm>Us</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Müller &amp; Co</Nm></Pty></Cdtr></RltdPties>
  <RmtInf><Ustrd>Invoice</Ustrd><Ustrd>INV-1</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;

describe("readCamt", () => {
  it("reads a payment with its payee and reference", () => {
    expect(readBank(statement(PAYMENT))).toEqual({
      rows: [
        {
          row: 1,
          transactionId: "BANK-1",
          bookingDay: 20_122,
          amount: -119_000,
          currency: "EUR",
          counterparty: "Müller & Co",
          reference: "Invoice INV-1",
        },
      ],
      refused: [],
    });
  });

  it("reads older versions, incoming money and each part of a collective booking", () => {
    const older = PAYMENT.replace("<Cdtr><Pty><Nm>Müller &amp; Co</Nm></Pty></Cdtr>", "<Cdtr><Nm>Müller</Nm></Cdtr>");
    const incoming = PAYMENT.replace("DBIT", "CRDT").replace("BANK-1", "BANK-2");
    const collective = `<Ntry><Amt Ccy="EUR">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2025-02-03T08:00:00</DtTm></BookgDt>
      <AcctSvcrRef>BANK-3</AcctSvcrRef><NtryDtls>
      <TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">1.00</Amt></TxAmt></AmtDtls><RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
      <TxDtls><Amt Ccy="EUR">2.00</Amt></TxDtls></NtryDtls></Ntry>`;
    const { rows } = readBank(statement(older + incoming + collective));
    expect(
      rows.map(({ transactionId, amount, counterparty, reference }) => [
        transactionId,
        amount,
        counterparty,
        reference,
      ]),
    ).toEqual([
      ["BANK-1", -119_000, "Müller", "Invoice INV-1"],
      ["BANK-2", 119_000, "Us", "Invoice INV-1"],
      ["BANK-3", -100, "", "RF18"],
      ["BANK-3#2", -200, "", ""],
    ]);
  });

  it("refuses what is not booked or cannot be read, by its number, and keeps the rest", () => {
    const pending = PAYMENT.replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>");
    const broken = PAYMENT.replace("1190.00", "many");
    const { rows, refused } = readBank(statement(pending + broken + PAYMENT));
    expect(refused.map(({ row, column, value }) => [row, column, value])).toEqual([
      [1, "Sts", "PDNG"],
      [2, "amount", "-many"],
    ]);
    expect(rows.map(({ row }) => row)).toEqual([3]);
  });

  it("refuses a document type and a file that is not well-formed", () => {
    expect(() => readBank(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Document/>`)).toThrow("document type");
    expect(() => readBank(`<?xml version="1.0"?><Document><Stmt></Document>`)).toThrow("not well-formed");
  });
});
