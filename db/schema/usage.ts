import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, text } from "drizzle-orm/pg-core";
import { allow, appRole, createdAt, flightdeck, inTenant, isAdmin, isOwn, runnerRole } from "./policies";
import { tenants } from "./tenants";

/** One row a model call, as the provider counted it, or as we estimated it for a call that broke off. */
export const usage = flightdeck.table(
  "usage",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    threadId: text("thread_id").notNull(),
    runId: text("run_id").notNull(),
    agent: text().notNull(),
    provider: text().notNull(),
    model: text().notNull(),
    inputTokens: integer("input_tokens").notNull(),
    outputTokens: integer("output_tokens").notNull(),
    /** Part of the input that the provider had cached, and part of the output that nobody reads. */
    cachedTokens: integer("cached_tokens").notNull().default(0),
    reasoningTokens: integer("reasoning_tokens").notNull().default(0),
    /** Millionths of a US dollar at the price of the day; null when no price was known. */
    costMicroUsd: bigint("cost_micro_usd", { mode: "number" }),
    /** False for an estimate. */
    measured: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [
    index("usage_order").on(t.tenantId, t.createdAt.desc()),
    allow("usage_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("usage_runner_insert", "insert", runnerRole, inTenant(t)),
  ],
);
