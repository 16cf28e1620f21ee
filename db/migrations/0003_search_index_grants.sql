ALTER TABLE flightdeck.corpora FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.postings FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.vocabulary FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON flightdeck.corpora TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.postings TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.vocabulary TO flightdeck_app;--> statement-breakpoint
-- Rows are rewritten as documents come and go: room on each page keeps the new version beside the old one, out of the indexes.
ALTER TABLE flightdeck.postings SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
