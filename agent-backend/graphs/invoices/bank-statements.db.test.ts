import { afterAll, beforeAll, expect, test } from "vitest";
import { invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend();
});

afterAll(() => backend.close());

const purchaseOrders = `po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price
PO-1,Heron Glass,2026-03-01,EUR,1,PANE,Pane,10,25.00
`;
const invoices = `invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax
HG-1,Heron Glass,2026-03-05,2026-04-04,PO-1,EUR,297.50,47.50
`;
const entry = (amount: string, reference: string) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-20</Dt></BookgDt><AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls>
  <RltdPties><Cdtr><Pty><Nm>Heron Glass</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>HG-1</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
const booking = (amount: string, id: string) =>
  `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260320<TRNAMT>${amount}<FITID>${id}<NAME>Heron Glass<MEMO>HG-1</STMTTRN>`;

const statements = {
  "CAMT.053": `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
    <BkToCstmrStmt><Stmt>${entry("297.50", "B-1")}${entry("many", "B-2")}</Stmt></BkToCstmrStmt></Document>`,
  OFX: `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>EUR<BANKTRANLIST>
    ${booking("-297.50", "B-1")}${booking("many", "B-2")}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
};

test.each(Object.entries(statements))(
  "a bank's %s statement is uploaded in place of the CSV: what can be read is matched, the rest is named",
  async (_, bank) => {
    const drive = invoiceDriver(backend);
    const { batchId, counts } = await drive.upload(backend.ada, { purchaseOrders, invoices, bank });
    expect(counts).toMatchObject({ invoices: 1, transactions: 1, refused: 1 });
    await drive.begin(backend.ada, batchId);
    expect(await drive.results(batchId)).toMatchObject([{ number: "HG-1", status: "matched", payments: [1] }]);
    const refused = await backend.rows('select file, row, "column" from flightdeck.refused_rows where batch_id = $1', [
      batchId,
    ]);
    expect(refused).toEqual([{ file: "bank_transactions", row: 2, column: "amount" }]);
  },
);
