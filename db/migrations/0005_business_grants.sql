-- Stock, orders and decisions change only through the run engine (flightdeck_runner); people read, and admins import.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['products', 'customers', 'orders', 'order_lines', 'graph_threads', 'approvals', 'effects', 'sandbox_ledger'] LOOP
    EXECUTE format('ALTER TABLE flightdeck.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT ON flightdeck.%I TO flightdeck_app, flightdeck_runner', t);
  END LOOP;
END
$$;--> statement-breakpoint
GRANT INSERT ON flightdeck.products, flightdeck.customers, flightdeck.orders, flightdeck.order_lines TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (name, units_in_stock, unit_price_minor, discontinued, updated_at) ON flightdeck.products TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (name, email, address, payment_methods) ON flightdeck.customers TO flightdeck_app;--> statement-breakpoint

GRANT UPDATE (units_in_stock, updated_at) ON flightdeck.products TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (status, step, note, thread_id, updated_at) ON flightdeck.orders TO flightdeck_runner;--> statement-breakpoint
GRANT INSERT ON flightdeck.graph_threads, flightdeck.approvals, flightdeck.effects, flightdeck.sandbox_ledger TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (conversation_id, status, wake, cancel_requested_at, cancel_requested_by, lease_owner, lease_expires_at, lease_token, failures, updated_at) ON flightdeck.graph_threads TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (status, decision, decided_by, decided_by_email, decided_at) ON flightdeck.approvals TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (state, attempts, result, done_at) ON flightdeck.effects TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT (id, tenant_id, agent, status, wake, lease_expires_at) ON flightdeck.graph_threads TO flightdeck_system;--> statement-breakpoint
GRANT SELECT ON flightdeck.tenants TO flightdeck_runner;
