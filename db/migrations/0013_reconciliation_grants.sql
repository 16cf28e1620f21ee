-- Books, results and letters change only through the run engine (flightdeck_runner), on behalf of whoever its run token names; people read.
-- What came in is never changed: of an invoice only whether somebody has approved it.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['suppliers', 'reconciliation_batches', 'purchase_orders', 'purchase_order_lines', 'invoices', 'bank_transactions',
    'refused_rows', 'invoice_results', 'transaction_results', 'invoice_payments', 'match_edits', 'email_drafts'] LOOP
    EXECUTE format('ALTER TABLE flightdeck.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT ON flightdeck.%I TO flightdeck_app, flightdeck_runner', t);
    EXECUTE format('GRANT INSERT ON flightdeck.%I TO flightdeck_runner', t);
  END LOOP;
END
$$;--> statement-breakpoint
GRANT UPDATE (email) ON flightdeck.suppliers TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (status, step, note, progress_current, progress_total, thread_id, stop_requested_by, updated_at) ON flightdeck.reconciliation_batches TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (reconciled_at, reconciled_by) ON flightdeck.invoices TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (status, po_number, confidence, reasons, proposed, edited_by), DELETE ON flightdeck.invoice_results TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (status, confidence, reasons), DELETE ON flightdeck.transaction_results TO flightdeck_runner;--> statement-breakpoint
GRANT DELETE ON flightdeck.invoice_payments TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (undone_at, undone_by), DELETE ON flightdeck.match_edits TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (to_address, subject, body, state, version, note, edited_by, sent_at, updated_at), DELETE ON flightdeck.email_drafts TO flightdeck_runner;
