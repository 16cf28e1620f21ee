import { bigint, boolean, foreignKey, index, jsonb, text, unique } from "drizzle-orm/pg-core";
import { graphThreads } from "./graph-threads";
import { allow, appRole, createdAt, flightdeck, instant, inTenant, runnerRole } from "./policies";

/** A question that a graph asks a person. The first decision counts; it is written once, together with who made it. */
export const approvals = flightdeck.table(
  "approvals",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    threadId: text("thread_id").notNull(),
    /** Step and loop of the question, so that a step that runs again asks the same question and not another. */
    key: text().notNull(),
    agent: text().notNull(),
    subject: text().notNull(),
    /** What kind of answer fits: `order.stock`, `order.payment`, `order.notice`. */
    reason: text().notNull(),
    title: text().notNull(),
    message: text().notNull(),
    /** What the graph proposes: the arguments a person may edit. */
    proposal: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** A batch of invoices may be worth more than 32 bits hold. */
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull().default(0),
    currency: text().notNull(),
    requestedBy: text("requested_by").notNull(),
    /** Above the tenant's threshold somebody else than the requester has to decide. */
    fourEyes: boolean("four_eyes").notNull().default(false),
    /** The tenant leaves this decision to its admins. */
    adminsOnly: boolean("admins_only").notNull().default(false),
    expiresAt: instant("expires_at"),
    status: text({ enum: ["pending", "decided", "withdrawn"] })
      .notNull()
      .default("pending"),
    decision: jsonb().$type<Record<string, unknown>>(),
    decidedBy: text("decided_by"),
    decidedByEmail: text("decided_by_email"),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("approvals_question").on(t.tenantId, t.threadId, t.key),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [graphThreads.tenantId, graphThreads.id],
      name: "approvals_thread",
    }).onDelete("cascade"),
    index("approvals_inbox").on(t.tenantId, t.status, t.createdAt),
    allow("approvals_select", "select", appRole, inTenant(t)),
    allow("approvals_runner_select", "select", runnerRole, inTenant(t)),
    allow("approvals_runner_insert", "insert", runnerRole, inTenant(t)),
    allow("approvals_runner_update", "update", runnerRole, inTenant(t)),
  ],
);
