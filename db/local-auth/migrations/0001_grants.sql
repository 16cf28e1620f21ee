-- One role reaches these tables. FORCE makes their owner subject to the policies too, and the owner has none.
ALTER TABLE "auth"."users" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "auth"."sessions" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "auth"."keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT USAGE ON SCHEMA "auth" TO flightdeck_auth;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "auth"."users", "auth"."sessions" TO flightdeck_auth;--> statement-breakpoint
GRANT SELECT, INSERT ON "auth"."keys" TO flightdeck_auth;
