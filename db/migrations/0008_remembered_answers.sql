CREATE TABLE "flightdeck"."remembered_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"thread_id" text NOT NULL,
	"user_id" text NOT NULL,
	"for_admins" boolean DEFAULT false NOT NULL,
	"key" text NOT NULL,
	"corpus" text NOT NULL,
	"model" text NOT NULL,
	"messages" json NOT NULL,
	"cost_micro_usd" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "remembered_answers_key" UNIQUE("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."remembered_answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."remembered_answers" ADD CONSTRAINT "remembered_answers_in_thread" FOREIGN KEY ("tenant_id","thread_id") REFERENCES "flightdeck"."threads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "remembered_answers_thread" ON "flightdeck"."remembered_answers" USING btree ("tenant_id","thread_id");--> statement-breakpoint
CREATE POLICY "remembered_answers_select" ON "flightdeck"."remembered_answers" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."remembered_answers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (not "flightdeck"."remembered_answers"."for_admins" or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "remembered_answers_insert" ON "flightdeck"."remembered_answers" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."remembered_answers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and "flightdeck"."remembered_answers"."user_id" = (select current_setting('flightdeck.user', true)) and (not "flightdeck"."remembered_answers"."for_admins" or (select current_setting('flightdeck.role', true)) = 'admin'));--> statement-breakpoint
CREATE POLICY "remembered_answers_delete" ON "flightdeck"."remembered_answers" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."remembered_answers"."tenant_id" = (select current_setting('flightdeck.tenant', true)) and (not "flightdeck"."remembered_answers"."for_admins" or (select current_setting('flightdeck.role', true)) = 'admin'));