-- drizzle-kit writes ENABLE ROW LEVEL SECURITY and the policies; FORCE and the grants are ours.
-- FORCE makes the owner subject to its own policies: a forgotten role change then reads nothing instead of everything.
DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relnamespace = 'flightdeck'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t.name);
  END LOOP;
END
$$;--> statement-breakpoint
GRANT USAGE ON SCHEMA flightdeck TO flightdeck_app, flightdeck_runner, flightdeck_system, flightdeck_provision, flightdeck_web;--> statement-breakpoint

GRANT SELECT ON flightdeck.tenants TO flightdeck_app, flightdeck_system;--> statement-breakpoint
GRANT UPDATE (name, description, settings) ON flightdeck.tenants TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.tenants, flightdeck.memberships TO flightdeck_provision;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.memberships TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (role, name) ON flightdeck.memberships TO flightdeck_app;--> statement-breakpoint

GRANT SELECT, INSERT, DELETE ON flightdeck.threads TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (title, title_by, updated_at, archived_at, deleted_at) ON flightdeck.threads TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, UPDATE (title, title_by, updated_at) ON flightdeck.threads TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT (id, tenant_id, deleted_at), DELETE ON flightdeck.threads TO flightdeck_system;--> statement-breakpoint

GRANT SELECT, INSERT ON flightdeck.runs TO flightdeck_app;--> statement-breakpoint
GRANT UPDATE (stop_requested_at) ON flightdeck.runs TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON flightdeck.runs TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT (id, tenant_id, thread_id, user_id, agent, status, lease_owner, lease_token, stop_requested_at, finished_at, events_pruned_at) ON flightdeck.runs TO flightdeck_system;--> statement-breakpoint
GRANT SELECT ON flightdeck.run_nodes TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.run_nodes TO flightdeck_system;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.run_events TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.run_events TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT, INSERT ON flightdeck.messages TO flightdeck_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.messages TO flightdeck_runner;--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.documents TO flightdeck_app;--> statement-breakpoint
GRANT SELECT (id, tenant_id, deleted_at), DELETE ON flightdeck.documents TO flightdeck_system;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON flightdeck.chunks TO flightdeck_app;--> statement-breakpoint

GRANT SELECT, INSERT ON flightdeck.audit_log TO flightdeck_app;--> statement-breakpoint
GRANT INSERT ON flightdeck.audit_log TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT ON flightdeck.usage TO flightdeck_app;--> statement-breakpoint
GRANT INSERT ON flightdeck.usage TO flightdeck_runner;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.feedback TO flightdeck_app;--> statement-breakpoint

-- Counters of rate-limiter-flexible: no tenant data, so the login reaches them without a door. The columns are that library's.
CREATE TABLE flightdeck.rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);--> statement-breakpoint
ALTER TABLE flightdeck.rate_limits ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE flightdeck.rate_limits FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY rate_limits_all ON flightdeck.rate_limits TO flightdeck_web USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON flightdeck.rate_limits TO flightdeck_web;
