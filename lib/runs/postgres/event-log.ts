import { sql } from "drizzle-orm";
import type { Doors, Tx } from "@/db/with-tenant";
import { notifySql } from "../signals";
import type * as store from "../store";
import { messagesSql } from "./messages";
import { array, rowsOf } from "./rows";

export async function append(tx: Tx, tenantId: string, batch: store.Append[]): Promise<store.Appended[]> {
  const runIds: string[] = [];
  const users: string[] = [];
  const seqs: number[] = [];
  const events: string[] = [];
  for (const { run, entries } of batch) {
    for (const entry of entries) {
      runIds.push(run.runId);
      users.push(run.userId);
      seqs.push(entry.seq);
      events.push(entry.json);
    }
  }
  // The share lock on the run's row is the fence: a takeover updates that row, so it waits for this append or this append sees it.
  const held = await rowsOf<{ id: string; stopped: boolean }>(
    tx,
    sql`with held as (
      select r.id, r.stop_requested_at from flightdeck.runs r
      join unnest(${array(batch.map(({ run }) => run.runId))}::text[], ${array(batch.map(({ run }) => run.token))}::int8[]) as mine (id, token)
        on r.id = mine.id and r.lease_token = mine.token
      where r.status = 'running' for share of r),
    stored as (
      insert into flightdeck.run_events (tenant_id, run_id, seq, user_id, event)
      select ${tenantId}, e.run_id, e.seq, e.user_id, e.event::json
      from unnest(${array(runIds)}::text[], ${array(users)}::text[], ${array(seqs)}::int4[], ${array(events)}::text[]) as e (run_id, user_id, seq, event)
      join held on held.id = e.run_id
      on conflict (run_id, seq) do nothing)
    select id, stop_requested_at is not null as stopped,
      (select ${notifySql({ kind: "events", runIds: batch.map(({ run }) => run.runId) })}) from held`,
  );
  const stopped = new Map(held.map((row) => [row.id, row.stopped]));
  // Sent together: on a busy node many runs end with one batch, and everything else of the tenant waits for it.
  const ending = batch.map(async ({ run, entries, end }) => {
    if (!end) return;
    if (stopped.has(run.runId)) await finish(tx, run, end, entries.at(-1)?.seq ?? 0);
    else if (await wasFinishedBy(tx, run, end)) stopped.set(run.runId, false);
  });
  await Promise.all(ending);
  return batch.map(({ run }) => ({
    runId: run.runId,
    outcome: stopped.has(run.runId) ? "stored" : "lost",
    stopRequested: stopped.get(run.runId) ?? false,
  }));
}

async function finish(tx: Tx, run: store.RunRef, end: store.RunEnd, lastSeq: number): Promise<void> {
  const { tenantId, userId, threadId } = run;
  await tx.execute(
    sql`with ended as (
      update flightdeck.runs set status = ${end.status}, error_code = ${end.errorCode ?? null}, finished_at = now(), last_seq = ${lastSeq},
        interrupts = ${end.interrupts ? JSON.stringify(end.interrupts) : null}::json,
        state = ${end.state === undefined ? null : JSON.stringify(end.state)}::json
      where id = ${run.runId}),
    said as (${messagesSql(run, end.messages)}
      on conflict (thread_id, id) do update set message = excluded.message, text = excluded.text),
    thread as (update flightdeck.threads set updated_at = now() where id = ${threadId} returning id)
    select ${notifySql({ kind: "thread", tenantId, userId, threadId, change: "run-ended" })} from thread`,
  );
}

/** An end whose answer got lost with the connection is repeated: by then the run has ended, under the same token, the same way. */
async function wasFinishedBy(tx: Tx, run: store.RunRef, end: store.RunEnd): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select id from flightdeck.runs where id = ${run.runId} and lease_token = ${run.token} and status = ${end.status}`,
  );
  return rows.length > 0;
}

export async function read(tx: Tx, cursors: store.Cursor[], limit: number): Promise<store.RunEntry[]> {
  const rows = await rowsOf<{ run_id: string; seq: number; json: string }>(
    tx,
    sql`select e.run_id, e.seq, e.json
      from unnest(${array(cursors.map(({ runId }) => runId))}::text[], ${array(cursors.map(({ after }) => after))}::int4[]) as c (run_id, seq)
      cross join lateral (select run_id, seq, event::text as json from flightdeck.run_events
        where run_id = c.run_id and seq > c.seq order by seq limit ${limit}) as e
      order by e.run_id, e.seq`,
  );
  return rows.map(({ run_id, seq, json }) => ({ runId: run_id, seq, json }));
}

export async function missing(tx: Tx, runIds: string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from unnest(${array(runIds)}::text[]) as asked (id)
      where not exists (select from flightdeck.runs r where r.id = asked.id)`,
  );
  return rows.map(({ id }) => id);
}

/** A hundred runs a round, tenant by tenant, so that no transaction is long. */
export async function prune(doors: Pick<Doors, "withRunner" | "withSystem">, keepEventsMs: number): Promise<number> {
  await doors.withSystem((tx) =>
    tx.execute(sql`delete from flightdeck.run_nodes where expires_at < now() - interval '1 hour'`),
  );
  const due = await doors.withSystem((tx) =>
    rowsOf<{ id: string; tenant_id: string }>(
      tx,
      sql`select r.id, r.tenant_id from flightdeck.runs r join flightdeck.tenants t on t.id = r.tenant_id
        where r.status <> 'running' and r.events_pruned_at is null and r.finished_at < now() - coalesce(
          case when jsonb_typeof(t.settings -> 'runEventsKeepHours') = 'number'
            then (t.settings ->> 'runEventsKeepHours')::numeric * interval '1 hour' end, ${keepEventsMs} * interval '1 millisecond')
        order by r.tenant_id, r.finished_at limit 100`,
    ),
  );
  const byTenant = Map.groupBy(due, (row) => row.tenant_id);
  for (const [tenantId, rows] of byTenant) {
    const ids = rows.map(({ id }) => id);
    await doors.withRunner(tenantId, async (tx) => {
      await tx.execute(sql`delete from flightdeck.run_events where run_id = any(${array(ids)}::text[])`);
      await tx.execute(sql`update flightdeck.runs set events_pruned_at = now() where id = any(${array(ids)}::text[])`);
    });
  }
  return due.length;
}
