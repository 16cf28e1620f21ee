ALTER TABLE flightdeck.remembered_answers FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.remembered_answers TO flightdeck_app;
