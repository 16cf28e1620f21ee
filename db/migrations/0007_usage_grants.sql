ALTER TABLE flightdeck.budgets FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.spend FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.spend_reservations FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.thread_contexts FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.budgets TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (soft_micro_usd, hard_micro_usd) ON flightdeck.budgets TO flightdeck_app;--> statement-breakpoint
GRANT SELECT ON flightdeck.budgets TO flightdeck_runner;--> statement-breakpoint
-- Only the run engine counts: people read what was counted.
GRANT SELECT ON flightdeck.spend, flightdeck.spend_reservations TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.spend TO flightdeck_runner;--> statement-breakpoint
GRANT UPDATE (micro_usd) ON flightdeck.spend TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.spend_reservations TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.thread_contexts TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (digest, meter, updated_at) ON flightdeck.thread_contexts TO flightdeck_app;
