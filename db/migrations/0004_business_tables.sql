CREATE TABLE "flightdeck"."approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"key" text NOT NULL,
	"agent" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"title" text NOT NULL,
	"message" text NOT NULL,
	"proposal" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"amount_minor" integer DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"requested_by" text NOT NULL,
	"four_eyes" boolean DEFAULT false NOT NULL,
	"expires_at" timestamp with time zone,
	"status" text DEFAULT 'pending' NOT NULL,
	"decision" jsonb,
	"decided_by" text,
	"decided_by_email" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approvals_question" UNIQUE("tenant_id","thread_id","key")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."approvals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."customers" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"address" text NOT NULL,
	"payment_methods" text[] NOT NULL,
	CONSTRAINT "customers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."customers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."effects" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"thread_id" text NOT NULL,
	"step" text NOT NULL,
	"system" text NOT NULL,
	"operation" text NOT NULL,
	"state" text DEFAULT 'begun' NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"request" jsonb NOT NULL,
	"result" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "effects_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."effects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."graph_threads" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"agent" text NOT NULL,
	"subject" text NOT NULL,
	"conversation_id" text,
	"started_by" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"wake" boolean DEFAULT true NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"cancel_requested_by" text,
	"lease_owner" text,
	"lease_expires_at" timestamp with time zone,
	"lease_token" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "graph_threads_tenant_id_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."graph_threads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."order_lines" (
	"tenant_id" text NOT NULL,
	"order_id" text NOT NULL,
	"line_no" integer NOT NULL,
	"sku" text NOT NULL,
	"qty" integer NOT NULL,
	"unit_price_minor" integer NOT NULL,
	CONSTRAINT "order_lines_tenant_id_order_id_line_no_pk" PRIMARY KEY("tenant_id","order_id","line_no"),
	CONSTRAINT "order_lines_qty_positive" CHECK ("flightdeck"."order_lines"."qty" > 0)
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."order_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."orders" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"order_date" date NOT NULL,
	"required_date" date,
	"currency" text NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"step" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"total_minor" integer NOT NULL,
	"thread_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."products" (
	"tenant_id" text NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"units_in_stock" integer NOT NULL,
	"unit_price_minor" integer NOT NULL,
	"discontinued" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_tenant_id_sku_pk" PRIMARY KEY("tenant_id","sku"),
	CONSTRAINT "products_stock_not_negative" CHECK ("flightdeck"."products"."units_in_stock" >= 0)
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."products" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."sandbox_ledger" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"system" text NOT NULL,
	"operation" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"amount_minor" integer DEFAULT 0 NOT NULL,
	"request" jsonb NOT NULL,
	"response" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sandbox_ledger_once" UNIQUE("tenant_id","system","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."sandbox_ledger" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."approvals" ADD CONSTRAINT "approvals_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."graph_threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."customers" ADD CONSTRAINT "customers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."effects" ADD CONSTRAINT "effects_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."graph_threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."graph_threads" ADD CONSTRAINT "graph_threads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."order_lines" ADD CONSTRAINT "order_lines_order" FOREIGN KEY ("tenant_id","order_id") REFERENCES "flightdeck"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."order_lines" ADD CONSTRAINT "order_lines_product" FOREIGN KEY ("tenant_id","sku") REFERENCES "flightdeck"."products"("tenant_id","sku") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."orders" ADD CONSTRAINT "orders_customer" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "flightdeck"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."products" ADD CONSTRAINT "products_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."sandbox_ledger" ADD CONSTRAINT "sandbox_ledger_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_inbox" ON "flightdeck"."approvals" USING btree ("tenant_id","status","created_at");--> statement-breakpoint
CREATE INDEX "effects_thread_order" ON "flightdeck"."effects" USING btree ("tenant_id","thread_id","created_at");--> statement-breakpoint
CREATE INDEX "graph_threads_subject" ON "flightdeck"."graph_threads" USING btree ("tenant_id","agent","subject");--> statement-breakpoint
CREATE INDEX "graph_threads_conversation" ON "flightdeck"."graph_threads" USING btree ("tenant_id","conversation_id");--> statement-breakpoint
CREATE INDEX "graph_threads_due" ON "flightdeck"."graph_threads" USING btree ("lease_expires_at") WHERE "flightdeck"."graph_threads"."wake" or "flightdeck"."graph_threads"."status" = 'running';--> statement-breakpoint
CREATE INDEX "orders_queue" ON "flightdeck"."orders" USING btree ("tenant_id","status","required_date","id");--> statement-breakpoint
CREATE INDEX "orders_thread" ON "flightdeck"."orders" USING btree ("tenant_id","thread_id");--> statement-breakpoint
CREATE INDEX "sandbox_ledger_order" ON "flightdeck"."sandbox_ledger" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE POLICY "tenants_runner_select" ON "flightdeck"."tenants" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."tenants"."id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "approvals_select" ON "flightdeck"."approvals" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."approvals"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "approvals_runner_select" ON "flightdeck"."approvals" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."approvals"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "approvals_runner_insert" ON "flightdeck"."approvals" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."approvals"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "approvals_runner_update" ON "flightdeck"."approvals" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."approvals"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."approvals"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "customers_select" ON "flightdeck"."customers" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."customers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "customers_insert" ON "flightdeck"."customers" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."customers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "customers_update" ON "flightdeck"."customers" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."customers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin') WITH CHECK ("flightdeck"."customers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "customers_runner_select" ON "flightdeck"."customers" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."customers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "effects_select" ON "flightdeck"."effects" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."effects"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "effects_runner_select" ON "flightdeck"."effects" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."effects"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "effects_runner_insert" ON "flightdeck"."effects" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."effects"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "effects_runner_update" ON "flightdeck"."effects" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."effects"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."effects"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "graph_threads_select" ON "flightdeck"."graph_threads" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."graph_threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "graph_threads_runner_select" ON "flightdeck"."graph_threads" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."graph_threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "graph_threads_runner_insert" ON "flightdeck"."graph_threads" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."graph_threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "graph_threads_runner_update" ON "flightdeck"."graph_threads" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."graph_threads"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."graph_threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "graph_threads_system_select" ON "flightdeck"."graph_threads" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "order_lines_select" ON "flightdeck"."order_lines" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "order_lines_insert" ON "flightdeck"."order_lines" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "order_lines_runner_select" ON "flightdeck"."order_lines" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "orders_select" ON "flightdeck"."orders" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "orders_insert" ON "flightdeck"."orders" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "orders_runner_select" ON "flightdeck"."orders" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "orders_runner_update" ON "flightdeck"."orders" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."orders"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "products_select" ON "flightdeck"."products" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "products_insert" ON "flightdeck"."products" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "products_update" ON "flightdeck"."products" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin') WITH CHECK ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "products_runner_select" ON "flightdeck"."products" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "products_runner_update" ON "flightdeck"."products" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."products"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "sandbox_ledger_select" ON "flightdeck"."sandbox_ledger" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."sandbox_ledger"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "sandbox_ledger_runner_select" ON "flightdeck"."sandbox_ledger" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."sandbox_ledger"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "sandbox_ledger_runner_insert" ON "flightdeck"."sandbox_ledger" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."sandbox_ledger"."tenant_id" = (select current_setting('flightdeck.tenant', true)));