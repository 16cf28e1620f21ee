import type { Interrupt, Message } from "@ag-ui/core";
import { sql } from "drizzle-orm";
import type { CommitNow, Tx } from "@/db/with-tenant";
import { notFound, threadBusy } from "@/lib/failures/app-error";
import { admitInput } from "../admission";
import { notifySql } from "../signals";
import type * as store from "../store";
import { messagesSql } from "./messages";
import { rowsOf } from "./rows";

export async function admit(
  tx: Tx,
  commitNow: CommitNow,
  { caller, nodeId, runId, agent, input: sent, nowMs, permitted, onDecided }: store.AdmitRequest,
): Promise<store.Admission> {
  const threadId = sent.threadId;
  // Heard below, when there is something to permit.
  permitted?.catch(() => {});
  // The row lock makes admissions of one thread take turns, and the update policy makes it the caller's own: an admin only reads.
  const locking = rowsOf(
    tx,
    sql`update flightdeck.threads set updated_at = now() where id = ${threadId} and deleted_at is null returning id`,
  );
  // Sent along, and begun by the database when it has the lock: what it reads is what the admission before left.
  const reading = rowsOf<{
    last: { status: store.RunStatus; interrupts: Interrupt[] | null } | null;
    run_id_used: boolean;
    history: Message[] | null;
    position: string;
  }>(
    tx,
    sql`select
      (select json_build_object('status', status, 'interrupts', interrupts) from flightdeck.runs
         where thread_id = ${threadId} order by started_at desc, id desc limit 1) as last,
      exists (select from flightdeck.runs where thread_id = ${threadId} and client_run_id = ${sent.runId}) as run_id_used,
      (select json_agg(message order by position) from flightdeck.messages where thread_id = ${threadId}) as history,
      (select coalesce(max(position), 0) from flightdeck.messages where thread_id = ${threadId}) as position`,
  );
  const [[thread], [stored]] = await Promise.all([locking, reading]);
  if (!thread || !stored) throw notFound();
  const history = stored.history ?? [];
  const { news, input, started } = admitInput(
    { last: stored.last, runIdUsed: stored.run_id_used, history },
    sent,
    nowMs,
  );
  await permitted;
  const { tenantId, userId } = caller;
  const position = Number(stored.position);
  const json = JSON.stringify(started);
  const placed = news.map((message, i) => ({ position: position + 1 + i, message }));
  const run: store.RunRef = { tenantId, userId, threadId, runId, clientRunId: sent.runId, agent, token: 1 };
  // `admitted` is empty, and nothing else is written, if a run is running: unreachable while every writer takes the lock above first,
  // but the index would say so even if one forgot.
  const inserting = rowsOf(
    tx,
    sql`with admitted as (
      insert into flightdeck.runs (id, tenant_id, thread_id, user_id, agent, client_run_id, lease_owner, last_seq)
      values (${runId}, ${tenantId}, ${threadId}, ${userId}, ${agent}, ${sent.runId}, ${nodeId}, 1)
      on conflict (thread_id) where status = 'running' do nothing returning id),
    started as (
      insert into flightdeck.run_events (tenant_id, run_id, seq, user_id, event)
      select ${tenantId}, id, 1, ${userId}, ${json}::json from admitted),
    said as (${messagesSql(tenantId, [{ run, messages: placed }])} where exists (select from admitted))
    select ${notifySql({ kind: "thread", tenantId, userId, threadId, change: "run-started" })} from admitted`,
  );
  commitNow();
  const admission = { run, input, started: { seq: 1, json }, position: position + placed.length };
  onDecided?.(admission);
  if ((await inserting).length === 0) throw threadBusy();
  return admission;
}

export async function release(tx: Tx, run: Pick<store.RunRef, "runId">): Promise<void> {
  const gone = await rowsOf(
    tx,
    sql`delete from flightdeck.runs where id = ${run.runId} and lease_token = 1 and status = 'running' returning id`,
  );
  if (gone.length > 0) await rowsOf(tx, sql`delete from flightdeck.messages where run_id = ${run.runId}`);
}
