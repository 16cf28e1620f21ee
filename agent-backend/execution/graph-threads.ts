import { and, desc, eq, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { batches, graphThreads } from "@/db/schema";
import type { Doors } from "@/db/with-tenant";
import { tenantWork } from "../tenant-work";
import type { AgentDefinition } from "./agent-definition";

export type GraphThread = typeof graphThreads.$inferSelect;

export interface NewGraphThread {
  id: string;
  tenantId: string;
  agent: string;
  subject: string;
  conversationId: string | null;
  startedBy: string;
}

export interface NewBatch {
  tenantId: string;
  agent: string;
  startedBy: string;
  startedByName: string;
  /** Which; null for all that can be begun. */
  subjects: readonly string[] | null;
}

/** Rows of one statement. */
const INSERTED_MAX = 500;

/** What a process holds while it runs a thread. The token is the proof. */
export interface Lease {
  tenantId: string;
  threadId: string;
  token: number;
}

/** The threads of graphs and who runs them. Every method is one transaction. */
export function graphThreadStore(doors: Pick<Doors, "withRunner" | "withSystem">) {
  const work = (tenantId: string) => tenantWork(doors, tenantId);
  return {
    async get(tenantId: string, id: string): Promise<GraphThread | null> {
      const [row] = await work(tenantId)((tx) => tx.select().from(graphThreads).where(eq(graphThreads.id, id)));
      return row ?? null;
    },

    /** The thread that a conversation last began; a page's thread is found by its own id. */
    async ofConversation(tenantId: string, conversationId: string): Promise<GraphThread | null> {
      const [row] = await work(tenantId)((tx) =>
        tx
          .select()
          .from(graphThreads)
          .where(eq(graphThreads.conversationId, conversationId))
          .orderBy(desc(graphThreads.createdAt), desc(graphThreads.id))
          .limit(1),
      );
      return row ?? null;
    },

    /**
     * Makes a thread for the subject. Returns its id, that of the thread which works on the subject already, or null for a subject
     * that does not exist.
     */
    async start(definition: AgentDefinition, thread: NewGraphThread): Promise<string | null> {
      return work(thread.tenantId)(async (tx) => {
        const holder = await definition.claim(tx, thread);
        if (holder === thread.id) await tx.insert(graphThreads).values(thread).onConflictDoNothing();
        return holder;
      });
    },

    /**
     * Makes a thread for each of the subjects that nobody works on yet, all in one batch and one transaction. Whoever sweeps next begins
     * them. Null when there is nothing to begin.
     */
    async startBatch(definition: AgentDefinition, batch: NewBatch): Promise<{ id: string; total: number } | null> {
      const { tenantId, agent, startedBy, startedByName, subjects } = batch;
      if (!definition.claimBatch) return null;
      const claim = definition.claimBatch;
      return work(tenantId)(async (tx) => {
        const claimed = await claim(tx, subjects, () => newId("thr"));
        if (claimed.length === 0) return null;
        const id = newId("bat");
        const total = claimed.length;
        await tx.insert(batches).values({ id, tenantId, agent, startedBy, startedByName, total });
        for (let i = 0; i < total; i += INSERTED_MAX) {
          const some = claimed.slice(i, i + INSERTED_MAX);
          await tx
            .insert(graphThreads)
            .values(some.map((one) => ({ ...one, tenantId, agent, startedBy, batchId: id })));
        }
        return { id, total };
      });
    },

    /**
     * Takes the thread for this process, or says that another has it or that nothing is due (null): whoever saw it as due may be late.
     * What woke it counts as seen.
     */
    async acquire(tenantId: string, id: string, owner: string, leaseMs: number): Promise<Lease | null> {
      const [row] = await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({
            leaseOwner: owner,
            leaseExpiresAt: inMs(leaseMs),
            leaseToken: sql`${graphThreads.leaseToken} + 1`,
            wake: false,
            status: "running",
            updatedAt: sql`now()`,
          })
          .where(
            and(
              eq(graphThreads.id, id),
              sql`((${graphThreads.wake} and ${graphThreads.leaseOwner} is null) or ${graphThreads.leaseExpiresAt} < now())`,
              sql`${graphThreads.status} <> 'finished'`,
            ),
          )
          .returning({ token: graphThreads.leaseToken }),
      );
      return row ? { tenantId, threadId: id, token: row.token } : null;
    },

    /** False when the lease was lost to another process. */
    async renew({ tenantId, threadId, token }: Lease, leaseMs: number): Promise<boolean> {
      const rows = await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({ leaseExpiresAt: inMs(leaseMs) })
          .where(and(eq(graphThreads.id, threadId), eq(graphThreads.leaseToken, token)))
          .returning({ id: graphThreads.id }),
      );
      return rows.length > 0;
    },

    /**
     * Gives the thread back. False when something woke it meanwhile (`again`: the lease is kept) or it was lost.
     * `dueAt` makes the sweeper look at a waiting thread then, because its question expires.
     */
    async release(
      { tenantId, threadId, token }: Lease,
      end: { status: "waiting" | "finished" | "failed"; dueAt?: Date | null },
    ): Promise<"released" | "again" | "lost"> {
      return work(tenantId)(async (tx) => {
        const mine = and(eq(graphThreads.id, threadId), eq(graphThreads.leaseToken, token));
        const released = await tx
          .update(graphThreads)
          .set({
            status: end.status,
            // What woke it in its last moments has nothing to wake any more.
            ...(end.status === "finished" ? { wake: false } : {}),
            leaseOwner: null,
            leaseExpiresAt: end.dueAt ?? null,
            failures: end.status === "failed" ? sql`${graphThreads.failures} + 1` : 0,
            updatedAt: sql`now()`,
          })
          .where(and(mine, end.status === "finished" ? undefined : eq(graphThreads.wake, false)))
          .returning({ id: graphThreads.id });
        if (released.length > 0) return "released";
        const kept = await tx.update(graphThreads).set({ wake: false }).where(mine).returning({ id: graphThreads.id });
        return kept.length > 0 ? "again" : "lost";
      });
    },

    /** Keeps the thread for another turn, in which all that woke it so far is heard. */
    async keep({ tenantId, threadId, token }: Lease): Promise<"again" | "lost"> {
      const kept = await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({ wake: false })
          .where(and(eq(graphThreads.id, threadId), eq(graphThreads.leaseToken, token)))
          .returning({ id: graphThreads.id }),
      );
      return kept.length > 0 ? "again" : "lost";
    },

    /** Gives the thread up in the middle, for another process to go on with at once. */
    async abandon({ tenantId, threadId, token }: Lease): Promise<void> {
      await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({ leaseOwner: null, leaseExpiresAt: sql`now()` })
          .where(and(eq(graphThreads.id, threadId), eq(graphThreads.leaseToken, token))),
      );
    },

    /** Has the thread run again by whoever takes it. */
    async wake(tenantId: string, id: string): Promise<void> {
      await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({ wake: true, updatedAt: sql`now()` })
          .where(and(eq(graphThreads.id, id), sql`${graphThreads.status} <> 'finished'`)),
      );
    },

    /** Asks for the end of what is not finished yet. The first request counts. False when it is too late. */
    async requestCancel(tenantId: string, id: string, by: string): Promise<boolean> {
      const rows = await work(tenantId)((tx) =>
        tx
          .update(graphThreads)
          .set({
            cancelRequestedAt: sql`coalesce(${graphThreads.cancelRequestedAt}, now())`,
            cancelRequestedBy: sql`coalesce(${graphThreads.cancelRequestedBy}, ${by})`,
            wake: true,
            updatedAt: sql`now()`,
          })
          .where(and(eq(graphThreads.id, id), sql`${graphThreads.status} <> 'finished'`))
          .returning({ id: graphThreads.id }),
      );
      return rows.length > 0;
    },

    async cancelRequest(tenantId: string, id: string): Promise<string | null> {
      const [row] = await work(tenantId)((tx) =>
        tx.select({ by: graphThreads.cancelRequestedBy }).from(graphThreads).where(eq(graphThreads.id, id)),
      );
      return row?.by ?? null;
    },

    /**
     * Threads of any tenant that somebody should run: woken, left behind by a dead process, or with a question that expired. Each tenant's
     * turn comes round, however many another has begun at once. `except` are those that run here already.
     */
    async due(limit: number, except: readonly string[] = []): Promise<{ id: string; tenantId: string }[]> {
      const turn = sql`row_number() over (partition by ${graphThreads.tenantId} order by ${graphThreads.id})`;
      return doors.withSystem((tx) =>
        tx
          .select({ id: graphThreads.id, tenantId: graphThreads.tenantId })
          .from(graphThreads)
          .where(
            and(
              // A thread that runs is held by somebody; one that was woken while it waits is not, even if its question has time left.
              sql`((${graphThreads.wake} and (${graphThreads.status} <> 'running' or ${graphThreads.leaseExpiresAt} is null))
                or ${graphThreads.leaseExpiresAt} < now())`,
              sql`${graphThreads.status} <> 'finished'`,
              sql`${graphThreads.id} <> all(${sql.param(except)}::text[])`,
            ),
          )
          .orderBy(turn, graphThreads.id)
          .limit(limit),
      );
    },
  };
}

export type GraphThreadStore = ReturnType<typeof graphThreadStore>;

const inMs = (ms: number) => sql`now() + ${ms} * interval '1 millisecond'`;
