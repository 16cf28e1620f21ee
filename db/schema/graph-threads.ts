import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, text, unique } from "drizzle-orm/pg-core";
import { batches } from "./batches";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole, systemRole } from "./policies";
import { tenants } from "./tenants";

/**
 * One execution of a graph in the agent backend: its checkpoints are under `tenant:agent:id`. The lease says which process runs it; a
 * process that died leaves it expired, and the sweeper of another goes on from the last checkpoint.
 */
export const graphThreads = flightdeck.table(
  "graph_threads",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    agent: text().notNull(),
    /** What it works on: an order's number. */
    subject: text().notNull(),
    /** The conversation that asked for it; null when a page did. */
    conversationId: text("conversation_id"),
    startedBy: text("started_by").notNull(),
    /** The batch that it was begun in. */
    batchId: text("batch_id"),
    status: text({ enum: ["running", "waiting", "finished", "failed"] })
      .notNull()
      .default("running"),
    /** Something happened that the graph must see: a decision, a cancellation, a retry. Cleared by whoever runs it next. */
    wake: boolean().notNull().default(true),
    cancelRequestedAt: instant("cancel_requested_at"),
    cancelRequestedBy: text("cancel_requested_by"),
    leaseOwner: text("lease_owner"),
    /** Of a thread that waits and is held by nobody: when its question expires. */
    leaseExpiresAt: instant("lease_expires_at"),
    /** Grows with every lease, so that a process that lost it cannot write its end. */
    leaseToken: integer("lease_token").notNull().default(0),
    /** Failures since the last checkpoint that was reached; bounds the automatic attempts. */
    failures: integer().notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    unique("graph_threads_tenant_id_id").on(t.tenantId, t.id),
    index("graph_threads_subject").on(t.tenantId, t.agent, t.subject),
    index("graph_threads_conversation").on(t.tenantId, t.conversationId),
    foreignKey({
      columns: [t.tenantId, t.batchId],
      foreignColumns: [batches.tenantId, batches.id],
      name: "graph_threads_batch_id",
    }),
    index("graph_threads_batch").on(t.tenantId, t.batchId),
    // What the sweeper reads every other second: what was woken, and what is held no longer.
    index("graph_threads_awake").on(t.id).where(sql`${t.wake}`),
    index("graph_threads_expiring").on(t.leaseExpiresAt).where(sql`${t.leaseExpiresAt} is not null`),
    allow("graph_threads_select", "select", appRole, inTenant(t)),
    allow("graph_threads_runner_select", "select", runnerRole, inTenant(t)),
    allow("graph_threads_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("graph_threads_runner_update", "update", runnerRole, inTenant(t)),
    allow("graph_threads_system_select", "select", systemRole, sql`true`),
  ],
);
