// Books to upload, small enough to be read here.
import { generateBooks } from "../agent-backend/reconciliation/generator/generate-books";
import type { UploadedFile } from "./person";

const csv = (name: string, text: string): UploadedFile => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Three invoices of one supplier: one paid, one unpaid, and one whose total nobody can read. `mark` keeps two uploads apart. */
export function smallBooks(mark: string): UploadedFile[] {
  return booksWith(mark, "-119.00,EUR,Somebody else,no reference");
}

/** The same, but for the second invoice more was paid than billed: its supplier is written to. */
export function overpaidBooks(mark: string): UploadedFile[] {
  return booksWith(mark, `-190.00,EUR,Heron Glass,HG-${mark}2`);
}

/** As many invoices as a tenant may have in a year. Those that are alike, of few suppliers and few amounts, take longer to tell apart. */
export function manyBooks(invoices: number, alike = false): UploadedFile[] {
  const { files } = generateBooks(invoices, 31, "medium", alike ? { prices: "plans", suppliers: 12 } : {});
  return [csv("orders.csv", files.purchaseOrders), csv("many.csv", files.invoices), csv("statement.csv", files.bank)];
}

function booksWith(mark: string, secondPayment: string): UploadedFile[] {
  return [
    csv(
      "orders.csv",
      `po_number,supplier,po_date,currency,line_no,sku,description,qty,unit_price
PO-${mark}1,Heron Glass,2026-03-01,EUR,1,PANE,Pane of glass,10,25.00
PO-${mark}2,Heron Glass,2026-03-02,EUR,1,PANE,Pane of glass,4,25.00
`,
    ),
    csv(
      `bills-${mark}.csv`,
      `invoice_number,supplier,invoice_date,due_date,po_number,currency,total,tax
HG-${mark}1,Heron Glass,2026-03-05,2026-04-04,PO-${mark}1,EUR,297.50,47.50
HG-${mark}2,Heron Glass,2026-03-06,2026-04-05,PO-${mark}2,EUR,119.00,19.00
HG-${mark}3,Heron Glass,2026-03-07,2026-04-06,PO-${mark}2,EUR,12x.00,19.00
`,
    ),
    csv(
      "statement.csv",
      `transaction_id,booking_date,amount,currency,counterparty,reference
TX-${mark}1,2026-03-20,-297.50,EUR,Heron Glass,HG-${mark}1
TX-${mark}2,2026-03-21,${secondPayment}
`,
    ),
  ];
}
