import { describe, expect, it } from "vitest";
import { readBank } from "./read-books";

const SGML = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>EUR
<BANKTRANLIST><DTSTART>20250201<DTEND>20250228
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20250203120000[0:GMT]
<TRNAMT>-1190.00
<FITID>F-1
<NAME>Müller & Sons
<CHECKNUM>
<MEMO>INV-1
</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20250204</DTPOSTED><TRNAMT>5.00</TRNAMT><FITID>F-2</FITID><NAME>A &amp; B</NAME></STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;

describe("readOfx", () => {
  it("reads version 1, with and without closing tags, empty values and bare ampersands", () => {
    expect(readBank(SGML)).toEqual({
      rows: [
        {
          row: 1,
          transactionId: "F-1",
          bookingDay: 20_122,
          amount: -119_000,
          currency: "EUR",
          counterparty: "Müller & Sons",
          reference: "INV-1",
        },
        {
          row: 2,
          transactionId: "F-2",
          bookingDay: 20_123,
          amount: 500,
          currency: "EUR",
          counterparty: "A & B",
          reference: "",
        },
      ],
      refused: [],
    });
  });

  it("reads version 2, which is XML", () => {
    const xml = `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?><OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>JPY</CURDEF>
      <BANKTRANLIST><STMTTRN><DTPOSTED>20250203</DTPOSTED><TRNAMT>-1000</TRNAMT><FITID>F-1</FITID><PAYEE><NAME>Tanaka</NAME></PAYEE><MEMO/></STMTTRN></BANKTRANLIST>
      </CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>`;
    expect(readBank(xml).rows).toEqual([
      expect.objectContaining({ amount: -1_000, currency: "JPY", counterparty: "Tanaka" }),
    ]);
  });

  it("refuses a booking without a date by its number", () => {
    const { rows, refused } = readBank(SGML.replace("<DTPOSTED>20250203120000[0:GMT]", "<DTPOSTED>soon"));
    expect(refused).toEqual([expect.objectContaining({ row: 1, column: "booking_date", value: "soon" })]);
    expect(rows).toHaveLength(1);
  });

  it("takes time in proportion to the file's length", () => {
    const long = SGML.replace("Müller", "<".repeat(1) + "A".repeat(200_000));
    const startMs = performance.now();
    expect(() => readBank(long)).toThrow();
    expect(performance.now() - startMs).toBeLessThan(15_000);
  });
});
