import type pg from "pg";

/** The set that `plantBooks` plants. */
export const BATCH = "rec_1";

/** Four invoices: paid as ordered, paid together with another, paid in part and marked, and paid by nobody. */
export async function plantBooks(admin: pg.Client, tenantId: string): Promise<void> {
  const insert = async (table: string, columns: string, ...rows: unknown[][]) => {
    for (const row of rows) {
      const values = [tenantId, BATCH, ...row];
      const places = values.map((_, i) => `$${i + 1}`).join(", ");
      await admin.query(
        `insert into flightdeck.${table} (tenant_id, ${table === "reconciliation_batches" ? "id" : "batch_id"}, ${columns}) values (${places})`,
        values,
      );
    }
  };
  await insert(
    "reconciliation_batches",
    "title, source, status, orders, order_lines, invoices, transactions, refused, thread_id, created_by",
    ["Books of May", "upload", "waiting", 1, 1, 4, 4, 1, "thr_1", "ada"],
  );
  await insert(
    "invoices",
    "row, invoice_number, supplier, invoice_date, due_date, po_number, currency, total_minor, tax_minor, reconciled_at",
    [2, "INV-1", "Nordlicht Optik", "2026-05-01", null, "PO-1", "EUR", 11_900, 1_900, null],
    [3, "INV-2", "100% Cables", "2026-05-02", "2026-06-01", "", "EUR", 5_000, 0, null],
    [4, "INV_3", "Elbe Logistik", "2026-05-03", null, "PO-9", "EUR", 7_000, 0, "2026-05-20"],
    [5, "INV-4", "nordlicht optik", "2026-05-04", null, "", "USD", 9_000, 0, null],
  );
  await insert("purchase_orders", "po_number, supplier, po_date, currency, net_minor, lines", [
    "PO-1",
    "Nordlicht Optik",
    "2026-04-01",
    "EUR",
    10_000,
    1,
  ]);
  await insert(
    "purchase_order_lines",
    "row, po_number, supplier, po_date, currency, line_no, sku, description, qty, unit_price",
    [2, "PO-1", "Nordlicht Optik", "2026-04-01", "EUR", "1", "LENS", "A lens", "2.5", "40.0000"],
  );
  await insert(
    "bank_transactions",
    "row, transaction_id, booking_date, amount_minor, currency, counterparty, reference",
    [2, "TX-1", "2026-05-10", -16_900, "EUR", "NORDLICHT", "INV-1 INV-2"],
    [3, "TX-2", "2026-05-11", -6_000, "EUR", "ELBE", "INV_3"],
    [4, "TX-3", "2026-05-12", -250_000, "EUR", "Payroll", "May"],
    [5, "TX-4", "2026-05-13", 118_000, "EUR", "A customer", "thanks"],
  );
  await insert(
    "invoice_results",
    "row, status, po_number, confidence, reasons, proposed, edited_by",
    [2, "matched", "PO-1", 0.9, ["The amounts agree.", "The reference names it."], true, null],
    [3, "matched", null, 0.6, ["Paid together."], false, "ada@here.test"],
    [4, "partial_payment", null, 0.8, ["Less was paid."], false, null],
    [5, "unpaid", null, 0.95, ["No payment was found."], false, null],
  );
  await insert(
    "transaction_results",
    "row, status, confidence, reasons",
    [2, "matched", 0.9, []],
    [3, "partial_payment", 0.8, []],
    [4, "unknown_transaction", 1, []],
    [5, "unknown_transaction", 1, []],
  );
  await insert("invoice_payments", "invoice_row, transaction_row", [2, 2], [3, 2], [4, 3]);
  await insert("match_edits", "id, row, rows, edit, before, edited_by", [
    "edt_1",
    3,
    [3],
    { transactionRows: [2], note: "by phone" },
    JSON.stringify([]),
    "ada@here.test",
  ]);
  await insert(
    "email_drafts",
    "id, thread_id, supplier, to_address, subject, body, invoice_rows",
    ["eml_1", "thr_1", "Elbe Logistik", "", "An open amount", "Dear all", [4]],
    ["eml_0", "thr_0", "Elbe Logistik", "", "Of a run before", "Dear all", [4]],
  );
  await insert("refused_rows", 'no, file, row, "column", value, reason', [
    1,
    "invoices",
    6,
    "total",
    "12,3x",
    "is not an amount",
  ]);
}
