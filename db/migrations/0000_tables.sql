CREATE SCHEMA IF NOT EXISTS "flightdeck";
--> statement-breakpoint
CREATE TABLE "flightdeck"."audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."chunks" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"document_id" text NOT NULL,
	"version" integer NOT NULL,
	"position" integer NOT NULL,
	"heading" text DEFAULT '' NOT NULL,
	"start_char" integer NOT NULL,
	"end_char" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "chunks_tenant_id_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."chunks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."documents" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"title" text NOT NULL,
	"filename" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"text" text NOT NULL,
	"chunk_count" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "documents_tenant_id_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."feedback" (
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"message_id" text NOT NULL,
	"user_id" text NOT NULL,
	"rating" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feedback_thread_id_message_id_user_id_pk" PRIMARY KEY("thread_id","message_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."feedback" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."memberships" (
	"tenant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."messages" (
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"id" text NOT NULL,
	"run_id" text NOT NULL,
	"user_id" text NOT NULL,
	"position" bigint NOT NULL,
	"role" text NOT NULL,
	"message" json NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', left("flightdeck"."messages"."text", 100000))) STORED,
	CONSTRAINT "messages_thread_id_id_pk" PRIMARY KEY("thread_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."run_events" (
	"tenant_id" text NOT NULL,
	"run_id" text NOT NULL,
	"seq" integer NOT NULL,
	"user_id" text NOT NULL,
	"event" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_events_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."run_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."run_nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."run_nodes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."runs" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"user_id" text NOT NULL,
	"agent" text NOT NULL,
	"client_run_id" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"error_code" text,
	"lease_owner" text NOT NULL,
	"lease_token" bigint DEFAULT 1 NOT NULL,
	"stop_requested_at" timestamp with time zone,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"interrupts" json,
	"state" json,
	"trace_id" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"events_pruned_at" timestamp with time zone,
	CONSTRAINT "runs_tenant_id_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."threads" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"agent" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"title_by" text DEFAULT 'none' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "threads_tenant_id_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."threads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."usage" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"run_id" text NOT NULL,
	"agent" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."audit_log" ADD CONSTRAINT "audit_log_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."chunks" ADD CONSTRAINT "chunks_document" FOREIGN KEY ("tenant_id","document_id") REFERENCES "flightdeck"."documents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."documents" ADD CONSTRAINT "documents_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."feedback" ADD CONSTRAINT "feedback_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."memberships" ADD CONSTRAINT "memberships_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."messages" ADD CONSTRAINT "messages_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."run_events" ADD CONSTRAINT "run_events_run" FOREIGN KEY ("tenant_id","run_id") REFERENCES "flightdeck"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."runs" ADD CONSTRAINT "runs_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."threads" ADD CONSTRAINT "threads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."usage" ADD CONSTRAINT "usage_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_order" ON "flightdeck"."audit_log" USING btree ("tenant_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "chunks_document_order" ON "flightdeck"."chunks" USING btree ("tenant_id","document_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_same_bytes" ON "flightdeck"."documents" USING btree ("tenant_id","sha256") WHERE "flightdeck"."documents"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "documents_list" ON "flightdeck"."documents" USING btree ("tenant_id","updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "documents_deleted" ON "flightdeck"."documents" USING btree ("deleted_at") WHERE "flightdeck"."documents"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "memberships_user" ON "flightdeck"."memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "messages_order" ON "flightdeck"."messages" USING btree ("tenant_id","thread_id","position");--> statement-breakpoint
CREATE INDEX "messages_search" ON "flightdeck"."messages" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_running" ON "flightdeck"."runs" USING btree ("thread_id") WHERE "flightdeck"."runs"."status" = 'running';--> statement-breakpoint
CREATE INDEX "runs_thread_order" ON "flightdeck"."runs" USING btree ("tenant_id","thread_id","started_at","id");--> statement-breakpoint
CREATE INDEX "runs_owner" ON "flightdeck"."runs" USING btree ("lease_owner") WHERE "flightdeck"."runs"."status" = 'running';--> statement-breakpoint
CREATE INDEX "runs_unpruned" ON "flightdeck"."runs" USING btree ("tenant_id","finished_at") WHERE "flightdeck"."runs"."events_pruned_at" is null;--> statement-breakpoint
CREATE INDEX "threads_list" ON "flightdeck"."threads" USING btree ("tenant_id","user_id","updated_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "threads_deleted" ON "flightdeck"."threads" USING btree ("deleted_at") WHERE "flightdeck"."threads"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "usage_order" ON "flightdeck"."usage" USING btree ("tenant_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE POLICY "audit_log_select" ON "flightdeck"."audit_log" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."audit_log"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "audit_log_insert" ON "flightdeck"."audit_log" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."audit_log"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."audit_log"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "audit_log_runner_insert" ON "flightdeck"."audit_log" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."audit_log"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "chunks_select" ON "flightdeck"."chunks" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."chunks"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "chunks_insert" ON "flightdeck"."chunks" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."chunks"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "chunks_delete" ON "flightdeck"."chunks" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."chunks"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "documents_select" ON "flightdeck"."documents" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."documents"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "documents_insert" ON "flightdeck"."documents" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."documents"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."documents"."created_by" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "documents_update" ON "flightdeck"."documents" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."documents"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."documents"."created_by" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin')) WITH CHECK ("flightdeck"."documents"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."documents"."created_by" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "documents_delete" ON "flightdeck"."documents" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."documents"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."documents"."created_by" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "documents_system_select" ON "flightdeck"."documents" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING ("flightdeck"."documents"."deleted_at" is not null);--> statement-breakpoint
CREATE POLICY "documents_system_delete" ON "flightdeck"."documents" AS PERMISSIVE FOR DELETE TO "flightdeck_system" USING ("flightdeck"."documents"."deleted_at" is not null);--> statement-breakpoint
CREATE POLICY "feedback_select" ON "flightdeck"."feedback" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."feedback"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."feedback"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "feedback_insert" ON "flightdeck"."feedback" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."feedback"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."feedback"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "feedback_update" ON "flightdeck"."feedback" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."feedback"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."feedback"."user_id" = (select current_setting('flightdeck.user', true))) WITH CHECK ("flightdeck"."feedback"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."feedback"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "feedback_delete" ON "flightdeck"."feedback" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."feedback"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."feedback"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "memberships_select" ON "flightdeck"."memberships" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."memberships"."tenant_id" = (select current_setting('flightdeck.tenant', true)) or "flightdeck"."memberships"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "memberships_insert" ON "flightdeck"."memberships" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."memberships"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "memberships_update" ON "flightdeck"."memberships" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."memberships"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin') WITH CHECK ("flightdeck"."memberships"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "memberships_delete" ON "flightdeck"."memberships" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."memberships"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "memberships_provision_select" ON "flightdeck"."memberships" AS PERMISSIVE FOR SELECT TO "flightdeck_provision" USING (true);--> statement-breakpoint
CREATE POLICY "memberships_provision_insert" ON "flightdeck"."memberships" AS PERMISSIVE FOR INSERT TO "flightdeck_provision" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "messages_select" ON "flightdeck"."messages" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."messages"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "messages_insert" ON "flightdeck"."messages" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."messages"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "messages_runner_select" ON "flightdeck"."messages" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "messages_runner_insert" ON "flightdeck"."messages" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "messages_runner_update" ON "flightdeck"."messages" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "messages_runner_delete" ON "flightdeck"."messages" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."messages"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "run_events_select" ON "flightdeck"."run_events" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."run_events"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."run_events"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "run_events_insert" ON "flightdeck"."run_events" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."run_events"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."run_events"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "run_events_runner_select" ON "flightdeck"."run_events" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."run_events"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "run_events_runner_insert" ON "flightdeck"."run_events" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."run_events"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "run_events_runner_delete" ON "flightdeck"."run_events" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."run_events"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "run_events_system_select" ON "flightdeck"."run_events" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (false);--> statement-breakpoint
CREATE POLICY "run_nodes_runner_select" ON "flightdeck"."run_nodes" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING (true);--> statement-breakpoint
CREATE POLICY "run_nodes_system_select" ON "flightdeck"."run_nodes" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "run_nodes_system_insert" ON "flightdeck"."run_nodes" AS PERMISSIVE FOR INSERT TO "flightdeck_system" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "run_nodes_system_update" ON "flightdeck"."run_nodes" AS PERMISSIVE FOR UPDATE TO "flightdeck_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "run_nodes_system_delete" ON "flightdeck"."run_nodes" AS PERMISSIVE FOR DELETE TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "runs_select" ON "flightdeck"."runs" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."runs"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "runs_insert" ON "flightdeck"."runs" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."runs"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "runs_update" ON "flightdeck"."runs" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."runs"."user_id" = (select current_setting('flightdeck.user', true))) WITH CHECK ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."runs"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "runs_runner_select" ON "flightdeck"."runs" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "runs_runner_update" ON "flightdeck"."runs" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "runs_runner_delete" ON "flightdeck"."runs" AS PERMISSIVE FOR DELETE TO "flightdeck_runner" USING ("flightdeck"."runs"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "runs_system_select" ON "flightdeck"."runs" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "tenants_select" ON "flightdeck"."tenants" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."tenants"."id" = (select current_setting('flightdeck.tenant', true)) or exists (select 1 from flightdeck.memberships m where m.tenant_id = "flightdeck"."tenants"."id" and m.user_id = (select current_setting('flightdeck.user', true))));--> statement-breakpoint
CREATE POLICY "tenants_update" ON "flightdeck"."tenants" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."tenants"."id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin') WITH CHECK ("flightdeck"."tenants"."id" = (select current_setting('flightdeck.tenant', true)) and (select current_setting('flightdeck.role', true)) = 'admin');--> statement-breakpoint
CREATE POLICY "tenants_system_select" ON "flightdeck"."tenants" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "tenants_provision_select" ON "flightdeck"."tenants" AS PERMISSIVE FOR SELECT TO "flightdeck_provision" USING (true);--> statement-breakpoint
CREATE POLICY "tenants_provision_insert" ON "flightdeck"."tenants" AS PERMISSIVE FOR INSERT TO "flightdeck_provision" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "threads_select" ON "flightdeck"."threads" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."threads"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "threads_insert" ON "flightdeck"."threads" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."threads"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "threads_update" ON "flightdeck"."threads" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."threads"."user_id" = (select current_setting('flightdeck.user', true))) WITH CHECK ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."threads"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "threads_delete" ON "flightdeck"."threads" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."threads"."user_id" = (select current_setting('flightdeck.user', true)));--> statement-breakpoint
CREATE POLICY "threads_runner_select" ON "flightdeck"."threads" AS PERMISSIVE FOR SELECT TO "flightdeck_runner" USING ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "threads_runner_update" ON "flightdeck"."threads" AS PERMISSIVE FOR UPDATE TO "flightdeck_runner" USING ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."threads"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "threads_system_select" ON "flightdeck"."threads" AS PERMISSIVE FOR SELECT TO "flightdeck_system" USING (true);--> statement-breakpoint
CREATE POLICY "threads_system_delete" ON "flightdeck"."threads" AS PERMISSIVE FOR DELETE TO "flightdeck_system" USING ("flightdeck"."threads"."deleted_at" is not null);--> statement-breakpoint
CREATE POLICY "usage_select" ON "flightdeck"."usage" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."usage"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and ("flightdeck"."usage"."user_id" = (select current_setting('flightdeck.user', true)) or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "usage_runner_insert" ON "flightdeck"."usage" AS PERMISSIVE FOR INSERT TO "flightdeck_runner" WITH CHECK ("flightdeck"."usage"."tenant_id" = (select current_setting('flightdeck.tenant', true)));