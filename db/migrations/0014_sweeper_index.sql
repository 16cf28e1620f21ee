DROP INDEX "flightdeck"."graph_threads_woken";--> statement-breakpoint
CREATE INDEX "graph_threads_awake" ON "flightdeck"."graph_threads" USING btree ("id") WHERE "flightdeck"."graph_threads"."wake";