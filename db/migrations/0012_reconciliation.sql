CREATE TABLE "flightdeck"."bank_transactions" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"transaction_id" text NOT NULL,
	"booking_date" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"counterparty" text NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "bank_transactions_tenant_id_batch_id_row_pk" PRIMARY KEY("tenant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."bank_transactions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."email_drafts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"batch_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"supplier" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"invoice_rows" integer[] NOT NULL,
	"state" text DEFAULT 'ready' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"edited_by" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_drafts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "email_drafts_supplier" UNIQUE("tenant_id","batch_id","thread_id","supplier")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."email_drafts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."invoice_payments" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"invoice_row" integer NOT NULL,
	"transaction_row" integer NOT NULL,
	CONSTRAINT "invoice_payments_tenant_id_batch_id_invoice_row_transaction_row_pk" PRIMARY KEY("tenant_id","batch_id","invoice_row","transaction_row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."invoice_payments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."invoice_results" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"status" text NOT NULL,
	"po_number" text,
	"confidence" double precision NOT NULL,
	"reasons" text[] NOT NULL,
	"proposed" boolean NOT NULL,
	"edited_by" text,
	CONSTRAINT "invoice_results_tenant_id_batch_id_row_pk" PRIMARY KEY("tenant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."invoice_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."invoices" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"invoice_number" text NOT NULL,
	"supplier" text NOT NULL,
	"invoice_date" date NOT NULL,
	"due_date" date,
	"po_number" text NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"reconciled_at" timestamp with time zone,
	"reconciled_by" text,
	CONSTRAINT "invoices_tenant_id_batch_id_row_pk" PRIMARY KEY("tenant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."invoices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."match_edits" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"rows" integer[] NOT NULL,
	"edit" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"edited_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" text,
	CONSTRAINT "match_edits_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."match_edits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."purchase_order_lines" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"po_number" text NOT NULL,
	"supplier" text NOT NULL,
	"po_date" date NOT NULL,
	"currency" text NOT NULL,
	"line_no" text NOT NULL,
	"sku" text NOT NULL,
	"description" text NOT NULL,
	"qty" numeric NOT NULL,
	"unit_price" numeric NOT NULL,
	CONSTRAINT "purchase_order_lines_tenant_id_batch_id_row_pk" PRIMARY KEY("tenant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."purchase_order_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."purchase_orders" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"po_number" text NOT NULL,
	"supplier" text NOT NULL,
	"po_date" date NOT NULL,
	"currency" text NOT NULL,
	"net_minor" bigint,
	"lines" integer NOT NULL,
	CONSTRAINT "purchase_orders_tenant_id_batch_id_po_number_pk" PRIMARY KEY("tenant_id","batch_id","po_number")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."purchase_orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."reconciliation_batches" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"step" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"orders" integer NOT NULL,
	"order_lines" integer NOT NULL,
	"invoices" integer NOT NULL,
	"transactions" integer NOT NULL,
	"refused" integer NOT NULL,
	"progress_current" integer DEFAULT 0 NOT NULL,
	"progress_total" integer DEFAULT 0 NOT NULL,
	"thread_id" text,
	"stop_requested_by" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reconciliation_batches_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."reconciliation_batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."refused_rows" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"no" integer NOT NULL,
	"file" text NOT NULL,
	"row" integer NOT NULL,
	"column" text,
	"value" text NOT NULL,
	"reason" text NOT NULL,
	"po_number" text,
	CONSTRAINT "refused_rows_tenant_id_batch_id_no_pk" PRIMARY KEY("tenant_id","batch_id","no")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."refused_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."suppliers" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppliers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "suppliers_name" UNIQUE("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."suppliers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."transaction_results" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"row" integer NOT NULL,
	"status" text NOT NULL,
	"confidence" double precision NOT NULL,
	"reasons" text[] NOT NULL,
	CONSTRAINT "transaction_results_tenant_id_batch_id_row_pk" PRIMARY KEY("tenant_id","batch_id","row")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."transaction_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."approvals" ALTER COLUMN "amount_minor" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "flightdeck"."bank_transactions" ADD CONSTRAINT "bank_transactions_batch" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."reconciliation_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."email_drafts" ADD CONSTRAINT "email_drafts_batch" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."reconciliation_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."invoice_payments" ADD CONSTRAINT "invoice_payments_invoice" FOREIGN KEY ("tenant_id","batch_id","invoice_row") REFERENCES "flightdeck"."invoices"("tenant_id","batch_id","row") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."invoice_payments" ADD CONSTRAINT "invoice_payments_transaction" FOREIGN KEY ("tenant_id","batch_id","transaction_row") REFERENCES "flightdeck"."bank_transactions"("tenant_id","batch_id","row") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."invoice_results" ADD CONSTRAINT "invoice_results_invoice" FOREIGN KEY ("tenant_id","batch_id","row") REFERENCES "flightdeck"."invoices"("tenant_id","batch_id","row") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."invoices" ADD CONSTRAINT "invoices_batch" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."reconciliation_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."match_edits" ADD CONSTRAINT "match_edits_invoice" FOREIGN KEY ("tenant_id","batch_id","row") REFERENCES "flightdeck"."invoices"("tenant_id","batch_id","row") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_order" FOREIGN KEY ("tenant_id","batch_id","po_number") REFERENCES "flightdeck"."purchase_orders"("tenant_id","batch_id","po_number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."purchase_orders" ADD CONSTRAINT "purchase_orders_batch" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."reconciliation_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."reconciliation_batches" ADD CONSTRAINT "reconciliation_batches_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."refused_rows" ADD CONSTRAINT "refused_rows_batch" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "flightdeck"."reconciliation_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."suppliers" ADD CONSTRAINT "suppliers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."transaction_results" ADD CONSTRAINT "transaction_results_transaction" FOREIGN KEY ("tenant_id","batch_id","row") REFERENCES "flightdeck"."bank_transactions"("tenant_id","batch_id","row") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoice_payments_transaction_rows" ON "flightdeck"."invoice_payments" USING btree ("tenant_id","batch_id","transaction_row");--> statement-breakpoint
CREATE INDEX "invoice_results_status" ON "flightdeck"."invoice_results" USING btree ("tenant_id","batch_id","status","row");--> statement-breakpoint
CREATE INDEX "invoices_number" ON "flightdeck"."invoices" USING btree ("tenant_id","invoice_number");--> statement-breakpoint
CREATE INDEX "match_edits_of_batch" ON "flightdeck"."match_edits" USING btree ("tenant_id","batch_id","row");--> statement-breakpoint
CREATE INDEX "purchase_order_lines_order_rows" ON "flightdeck"."purchase_order_lines" USING btree ("tenant_id","batch_id","po_number","row");--> statement-breakpoint
CREATE INDEX "reconciliation_batches_newest" ON "flightdeck"."reconciliation_batches" USING btree ("tenant_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "reconciliation_batches_thread" ON "flightdeck"."reconciliation_batches" USING btree ("tenant_id","thread_id");--> statement-breakpoint
CREATE INDEX "transaction_results_status" ON "flightdeck"."transaction_results" USING btree ("tenant_id","batch_id","status","row");--> statement-breakpoint
CREATE POLICY "bank_transactions_select" ON "flightdeck"."bank_transactions" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."bank_transactions"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "bank_transactions_runner_select" ON "flightdeck"."bank_transactions" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."bank_transactions"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "bank_transactions_runner_insert" ON "flightdeck"."bank_transactions" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."bank_transactions"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "email_drafts_select" ON "flightdeck"."email_drafts" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "email_drafts_runner_select" ON "flightdeck"."email_drafts" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "email_drafts_runner_insert" ON "flightdeck"."email_drafts" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "email_drafts_runner_update" ON "flightdeck"."email_drafts" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "email_drafts_runner_delete" ON "flightdeck"."email_drafts" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."email_drafts"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_payments_select" ON "flightdeck"."invoice_payments" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."invoice_payments"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_payments_runner_select" ON "flightdeck"."invoice_payments" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."invoice_payments"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_payments_runner_insert" ON "flightdeck"."invoice_payments" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."invoice_payments"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_payments_runner_delete" ON "flightdeck"."invoice_payments" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."invoice_payments"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_results_select" ON "flightdeck"."invoice_results" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_results_runner_select" ON "flightdeck"."invoice_results" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_results_runner_insert" ON "flightdeck"."invoice_results" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_results_runner_update" ON "flightdeck"."invoice_results" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoice_results_runner_delete" ON "flightdeck"."invoice_results" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."invoice_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoices_select" ON "flightdeck"."invoices" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."invoices"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoices_runner_select" ON "flightdeck"."invoices" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."invoices"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoices_runner_insert" ON "flightdeck"."invoices" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."invoices"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "invoices_runner_update" ON "flightdeck"."invoices" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."invoices"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."invoices"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "match_edits_select" ON "flightdeck"."match_edits" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "match_edits_runner_select" ON "flightdeck"."match_edits" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "match_edits_runner_insert" ON "flightdeck"."match_edits" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "match_edits_runner_update" ON "flightdeck"."match_edits" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "match_edits_runner_delete" ON "flightdeck"."match_edits" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."match_edits"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_order_lines_select" ON "flightdeck"."purchase_order_lines" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."purchase_order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_order_lines_runner_select" ON "flightdeck"."purchase_order_lines" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."purchase_order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_order_lines_runner_insert" ON "flightdeck"."purchase_order_lines" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."purchase_order_lines"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_orders_select" ON "flightdeck"."purchase_orders" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."purchase_orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_orders_runner_select" ON "flightdeck"."purchase_orders" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."purchase_orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "purchase_orders_runner_insert" ON "flightdeck"."purchase_orders" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."purchase_orders"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "reconciliation_batches_select" ON "flightdeck"."reconciliation_batches" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."reconciliation_batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "reconciliation_batches_runner_select" ON "flightdeck"."reconciliation_batches" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."reconciliation_batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "reconciliation_batches_runner_insert" ON "flightdeck"."reconciliation_batches" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."reconciliation_batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "reconciliation_batches_runner_update" ON "flightdeck"."reconciliation_batches" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."reconciliation_batches"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."reconciliation_batches"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "refused_rows_select" ON "flightdeck"."refused_rows" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."refused_rows"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "refused_rows_runner_select" ON "flightdeck"."refused_rows" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."refused_rows"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "refused_rows_runner_insert" ON "flightdeck"."refused_rows" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."refused_rows"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "suppliers_select" ON "flightdeck"."suppliers" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."suppliers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "suppliers_runner_select" ON "flightdeck"."suppliers" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."suppliers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "suppliers_runner_insert" ON "flightdeck"."suppliers" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."suppliers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "suppliers_runner_update" ON "flightdeck"."suppliers" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."suppliers"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."suppliers"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "transaction_results_select" ON "flightdeck"."transaction_results" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "transaction_results_runner_select" ON "flightdeck"."transaction_results" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "transaction_results_runner_insert" ON "flightdeck"."transaction_results" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "transaction_results_runner_update" ON "flightdeck"."transaction_results" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "transaction_results_runner_delete" ON "flightdeck"."transaction_results" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."transaction_results"."tenant_id" = (select current_setting('flightdeck.tenant', true)));