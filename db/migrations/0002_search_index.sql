CREATE TABLE "flightdeck"."corpora" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"chunks" integer DEFAULT 0 NOT NULL,
	"next_number" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."corpora" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."postings" (
	"tenant_id" text NOT NULL,
	"term" text NOT NULL,
	"block" integer NOT NULL,
	"entries" integer[] NOT NULL,
	CONSTRAINT "postings_tenant_id_term_block_pk" PRIMARY KEY("tenant_id","term","block")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."postings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flightdeck"."vocabulary" (
	"tenant_id" text NOT NULL,
	"word" text NOT NULL,
	"term" text NOT NULL,
	"reversed" text GENERATED ALWAYS AS (reverse(word)) STORED NOT NULL,
	CONSTRAINT "vocabulary_tenant_id_word_pk" PRIMARY KEY("tenant_id","word")
);
--> statement-breakpoint
ALTER TABLE "flightdeck"."vocabulary" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "flightdeck"."chunks" ADD COLUMN "number" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "flightdeck"."corpora" ADD CONSTRAINT "corpora_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."postings" ADD CONSTRAINT "postings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flightdeck"."vocabulary" ADD CONSTRAINT "vocabulary_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "flightdeck"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "postings_block" ON "flightdeck"."postings" USING btree ("tenant_id","block");--> statement-breakpoint
CREATE INDEX "vocabulary_beginnings" ON "flightdeck"."vocabulary" USING btree ("tenant_id","word" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "vocabulary_endings" ON "flightdeck"."vocabulary" USING btree ("tenant_id","reversed" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "vocabulary_term" ON "flightdeck"."vocabulary" USING btree ("tenant_id","term");--> statement-breakpoint
ALTER TABLE "flightdeck"."chunks" ADD CONSTRAINT "chunks_number" UNIQUE("tenant_id","number");--> statement-breakpoint
CREATE POLICY "corpora_select" ON "flightdeck"."corpora" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."corpora"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "corpora_insert" ON "flightdeck"."corpora" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."corpora"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "corpora_update" ON "flightdeck"."corpora" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."corpora"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."corpora"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "postings_select" ON "flightdeck"."postings" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."postings"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "postings_insert" ON "flightdeck"."postings" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."postings"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "postings_update" ON "flightdeck"."postings" AS PERMISSIVE FOR UPDATE TO "flightdeck_app" USING ("flightdeck"."postings"."tenant_id" = (select current_setting('flightdeck.tenant', true))) WITH CHECK ("flightdeck"."postings"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "postings_delete" ON "flightdeck"."postings" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."postings"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "vocabulary_select" ON "flightdeck"."vocabulary" AS PERMISSIVE FOR SELECT TO "flightdeck_app" USING ("flightdeck"."vocabulary"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "vocabulary_insert" ON "flightdeck"."vocabulary" AS PERMISSIVE FOR INSERT TO "flightdeck_app" WITH CHECK ("flightdeck"."vocabulary"."tenant_id" = (select current_setting('flightdeck.tenant', true)));--> statement-breakpoint
CREATE POLICY "vocabulary_delete" ON "flightdeck"."vocabulary" AS PERMISSIVE FOR DELETE TO "flightdeck_app" USING ("flightdeck"."vocabulary"."tenant_id" = (select current_setting('flightdeck.tenant', true)));