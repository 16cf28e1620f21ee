CREATE TABLE "flightdeck"."batches" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"agent" text NOT NULL,
	"started_by" text NOT NULL,
	"started_by_name" text NOT NULL,
	"total" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batches_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "flightdeck"."graph_threads_due";--> statement-breakpoint
ALTER TABLE "flightdeck"."approvals" ADD COLUMN "admins_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "flightdeck"."graph_threads" ADD COLUMN "batch_id" text;--> statement-breakpoint
ALTER TABLE "flightdeck"."batches" ADD CONSTRAINT "batches_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batches_latest" ON "flightdeck"."batches" USING btree ("tenant_id","agent","created_at");--> statement-breakpoint
ALTER TABLE "flightdeck"."graph_threads" ADD CONSTRAINT "graph_threads_batch_id" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."batches"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "graph_threads_batch" ON "flightdeck"."graph_threads" USING btree ("tenant_id","batch_id");--> statement-breakpoint
CREATE INDEX "graph_threads_woken" ON "flightdeck"."graph_threads" USING btree ("id") WHERE "flightdeck"."graph_threads"."wake" and "flightdeck"."graph_threads"."lease_expires_at" is null;--> statement-breakpoint
CREATE INDEX "graph_threads_expiring" ON "flightdeck"."graph_threads" USING btree ("lease_expires_at") WHERE "flightdeck"."graph_threads"."lease_expires_at" is not null;--> statement-breakpoint
CREATE POLICY "batches_select" ON "flightdeck"."batches" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "batches_runner_select" ON "flightdeck"."batches" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "batches_runner_insert" ON "flightdeck"."batches" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));