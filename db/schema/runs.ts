import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, json, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { allow, appRole, flightdeck, instant, inTenant, isAdmin, isOwn, runnerRole, systemRole } from "./policies";
import { threads } from "./threads";

/**
 * One execution of an agent on a thread. `id` is ours: the protocol's `runId` (`clientRunId`) is not unique, because the run that
 * resumes an interrupt reuses it. `leaseOwner` is the process that writes, for as long as its row in run_nodes is fresh; the token
 * grows with every takeover and fences off a process that lost the run.
 */
export const runs = flightdeck.table(
  "runs",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    threadId: text("thread_id").notNull(),
    userId: text("user_id").notNull(),
    agent: text().notNull(),
    clientRunId: text("client_run_id").notNull(),
    status: text({ enum: ["running", "finished", "waiting", "failed", "stopped", "interrupted"] })
      .notNull()
      .default("running"),
    errorCode: text("error_code"),
    leaseOwner: text("lease_owner").notNull(),
    leaseToken: bigint("lease_token", { mode: "number" }).notNull().default(1),
    stopRequestedAt: instant("stop_requested_at"),
    /** The number of its last event, written when it ends. */
    lastSeq: integer("last_seq").notNull().default(0),
    /** Interrupts of a `waiting` run, as sent in RUN_FINISHED. They are open while no later run exists on the thread. */
    interrupts: json(),
    /** The agent's shared state when the run ended, when there is one. */
    state: json(),
    traceId: text("trace_id"),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** When its events were removed: by then `messages`, `interrupts` and `state` hold what they amounted to. */
    eventsPrunedAt: instant("events_pruned_at"),
  },
  (t) => [
    unique("runs_tenant_id_id").on(t.tenantId, t.id),
    foreignKey({
      columns: [t.tenantId, t.threadId],
      foreignColumns: [threads.tenantId, threads.id],
      name: "runs_thread",
    }).onDelete("cascade"),
    // The thread lock: at most one running run a thread, whichever process asks.
    uniqueIndex("runs_one_running").on(t.threadId).where(sql`${t.status} = 'running'`),
    index("runs_thread_order").on(t.tenantId, t.threadId, t.startedAt, t.id),
    // What the heartbeat reads: the running ones, by owner.
    index("runs_owner").on(t.leaseOwner).where(sql`${t.status} = 'running'`),
    index("runs_unpruned").on(t.tenantId, t.finishedAt).where(sql`${t.eventsPrunedAt} is null`),
    allow("runs_select", "select", appRole, sql`${inTenant(t)} and (${isOwn(t.userId)} or ${isAdmin})`),
    allow("runs_insert", "insert", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("runs_update", "update", appRole, sql`${inTenant(t)} and ${isOwn(t.userId)}`),
    allow("runs_runner_select", "select", runnerRole, inTenant(t)),
    allow("runs_runner_update", "update", runnerRole, inTenant(t)),
    allow("runs_runner_delete", "delete", runnerRole, inTenant(t)),
    allow("runs_system_select", "select", systemRole, sql`true`),
  ],
);
