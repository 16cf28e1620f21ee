import { sql } from "drizzle-orm";
import type { Doors, Tx } from "@/db/with-tenant";
import { CHANNEL, notifySql, signalPayload } from "../signals";
import type * as store from "../store";
import { messagesSql } from "./messages";
import { array, rowsOf } from "./rows";

export async function append(
  { withRunner }: Pick<Doors, "withRunner">,
  tenantId: string,
  batch: store.Append[],
): Promise<store.Appended[]> {
  const ending = batch.flatMap(({ run, entries, end }) =>
    end ? [{ run, end, lastSeq: entries.at(-1)?.seq ?? 0 }] : [],
  );
  const stopped = await withRunner(tenantId, async (tx, commitNow) => {
    // All at once: on a busy node each answer that is waited for is a turn of the event loop.
    const storing = insertEntries(tx, tenantId, batch);
    const finishing = ending.length > 0 ? finish(tx, tenantId, ending) : undefined;
    commitNow();
    const [held] = await Promise.all([storing, finishing]);
    return new Map(held.map((row) => [row.id, row.stopped]));
  });
  const repeated = ending.filter(({ run }) => !stopped.has(run.runId));
  if (repeated.length > 0) {
    await withRunner(tenantId, async (tx) => {
      for (const { run, end } of repeated) if (await wasFinishedBy(tx, run, end)) stopped.set(run.runId, false);
    });
  }
  return batch.map(({ run }) => ({
    runId: run.runId,
    outcome: stopped.has(run.runId) ? "stored" : "lost",
    stopRequested: stopped.get(run.runId) ?? false,
  }));
}

interface Held {
  id: string;
  stopped: boolean;
}

/** Stores the entries of those runs that are still the writer's, and returns which those are. */
async function insertEntries(tx: Tx, tenantId: string, batch: store.Append[]): Promise<Held[]> {
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
  // The rows are found by their ids alone. Asked for the running ones as well, Postgres goes through all that run, of every tenant.
  return rowsOf<Held>(
    tx,
    sql`with locked as materialized (
      select id, status, lease_token, stop_requested_at from flightdeck.runs
      where id = any(${array(batch.map(({ run }) => run.runId))}::text[]) for share),
    held as (
      select l.id, l.stop_requested_at from locked l
      join unnest(${array(batch.map(({ run }) => run.runId))}::text[], ${array(batch.map(({ run }) => run.token))}::int8[]) as mine (id, token)
        on l.id = mine.id and l.lease_token = mine.token
      where l.status = 'running'),
    stored as (
      insert into flightdeck.run_events (tenant_id, run_id, seq, user_id, event)
      select ${tenantId}, e.run_id, e.seq, e.user_id, e.event::json
      from unnest(${array(runIds)}::text[], ${array(users)}::text[], ${array(seqs)}::int4[], ${array(events)}::text[]) as e (run_id, user_id, seq, event)
      join held on held.id = e.run_id
      on conflict (run_id, seq) do nothing)
    select id, stop_requested_at is not null as stopped,
      (select ${notifySql({ kind: "events", runIds: batch.map(({ run }) => run.runId) })}) from held`,
  );
}

interface Ending {
  run: store.RunRef;
  end: store.RunEnd;
  lastSeq: number;
}

/** Ends those runs that are still the writer's, in one statement: many end together, and everything else of the tenant waits for it. */
async function finish(tx: Tx, tenantId: string, ending: Ending[]): Promise<void> {
  const column = (of: (row: Ending) => unknown) => array(ending.map(of));
  // What runs has not finished; asked for its status, Postgres would go through all that runs here too.
  const changed = ({ run: { userId, threadId } }: Ending) =>
    signalPayload({ kind: "thread", tenantId, userId, threadId, change: "run-ended" });
  await rowsOf(
    tx,
    sql`with ended as (
      update flightdeck.runs r set status = e.status, error_code = e.error_code, finished_at = now(), last_seq = e.last_seq,
        interrupts = e.interrupts::json, state = e.state::json
      from unnest(${column(({ run }) => run.runId)}::text[], ${column(({ run }) => run.token)}::int8[], ${column(({ end }) => end.status)}::text[],
        ${column(({ end }) => end.errorCode ?? null)}::text[], ${column(({ lastSeq }) => lastSeq)}::int4[],
        ${column(({ end }) => (end.interrupts ? JSON.stringify(end.interrupts) : null))}::text[],
        ${column(({ end }) => (end.state === undefined ? null : JSON.stringify(end.state)))}::text[])
        as e (id, token, status, error_code, last_seq, interrupts, state)
      where r.id = e.id and r.lease_token = e.token and r.finished_at is null returning r.id, r.thread_id),
    said as (${messagesSql(
      tenantId,
      ending.map(({ run, end }) => ({ run, messages: end.messages })),
    )}
      where m.run_id in (select id from ended)
      on conflict (thread_id, id) do update set message = excluded.message, text = excluded.text),
    touched as (
      update flightdeck.threads t set updated_at = now()
      from unnest(${column(({ run }) => run.threadId)}::text[], ${column(changed)}::text[]) as e (id, changed)
      where t.id = e.id and t.id in (select thread_id from ended) returning e.changed)
    select pg_notify(${CHANNEL}, changed) from touched`,
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
    rowsOf(tx, sql`delete from flightdeck.run_nodes where expires_at < now() - interval '1 hour'`),
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
      await rowsOf(tx, sql`delete from flightdeck.run_events where run_id = any(${array(ids)}::text[])`);
      await rowsOf(tx, sql`update flightdeck.runs set events_pruned_at = now() where id = any(${array(ids)}::text[])`);
    });
  }
  return due.length;
}
