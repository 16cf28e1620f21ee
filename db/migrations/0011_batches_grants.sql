ALTER TABLE flightdeck.batches FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON flightdeck.batches TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.batches TO flightdeck_runner;
