CREATE TABLE "flightdeck"."budgets" (
	"tenant_id" text NOT NULL,
	"subject" text NOT NULL,
	"period" text NOT NULL,
	"soft_micro_usd" bigint,
	"hard_micro_usd" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budgets_tenant_id_subject_period_pk" PRIMARY KEY("tenant_id","subject","period")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."budgets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."spend" (
	"tenant_id" text NOT NULL,
	"subject" text NOT NULL,
	"bucket" text NOT NULL,
	"micro_usd" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "spend_tenant_id_subject_bucket_pk" PRIMARY KEY("tenant_id","subject","bucket")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."spend" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."spend_reservations" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"micro_usd" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."spend_reservations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."thread_contexts" (
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"user_id" text NOT NULL,
	"digest" jsonb,
	"meter" jsonb,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "thread_contexts_thread_id_pk" PRIMARY KEY("thread_id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."thread_contexts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ADD COLUMN "cached_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ADD COLUMN "reasoning_tokens" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ADD COLUMN "cost_micro_usd" bigint;--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ADD COLUMN "measured" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "flightdeck"."budgets" ADD CONSTRAINT "budgets_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."spend" ADD CONSTRAINT "spend_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."spend_reservations" ADD CONSTRAINT "spend_reservations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."thread_contexts" ADD CONSTRAINT "thread_contexts_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "spend_reservations_tenant" ON "flightdeck"."spend_reservations" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE POLICY "budgets_select" ON "flightdeck"."budgets" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ((select current_setting('flightdeck.role', true)) = 'admin' or "flightdeck"."budgets"."subject" in ('*tenant', '*member', (select current_setting('flightdeck.user', true)))));--> statement-breakpoint
CREATE POLICY "budgets_insert" ON "flightdeck"."budgets" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "budgets_update" ON "flightdeck"."budgets" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin') WITH CHECK ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "budgets_delete" ON "flightdeck"."budgets" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "budgets_runner_select" ON "flightdeck"."budgets" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."budgets"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_select" ON "flightdeck"."spend" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."spend"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."spend"."subject" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "spend_runner_select" ON "flightdeck"."spend" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."spend"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_runner_insert" ON "flightdeck"."spend" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."spend"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_runner_update" ON "flightdeck"."spend" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."spend"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."spend"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_reservations_select" ON "flightdeck"."spend_reservations" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."spend_reservations"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."spend_reservations"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "spend_reservations_runner_select" ON "flightdeck"."spend_reservations" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."spend_reservations"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_reservations_runner_insert" ON "flightdeck"."spend_reservations" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."spend_reservations"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "spend_reservations_runner_delete" ON "flightdeck"."spend_reservations" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."spend_reservations"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "thread_contexts_select" ON "flightdeck"."thread_contexts" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."thread_contexts"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."thread_contexts"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "thread_contexts_insert" ON "flightdeck"."thread_contexts" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."thread_contexts"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."thread_contexts"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "thread_contexts_update" ON "flightdeck"."thread_contexts" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."thread_contexts"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."thread_contexts"."user_id" = (select current_setting('flightdeck.user', true))) WITH CHECK ("flightdeck"."thread_contexts"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."thread_contexts"."user_id" = (select current_setting('flightdeck.user', true)));