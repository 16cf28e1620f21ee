import type { Interrupt } from "@ag-ui/core";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";
import { notifySql } from "../signals";
import type * as store from "../store";
import { rowsOf } from "./rows";

/** One statement, so one instant: a run that ends meanwhile is either running here, or among the messages, never both or neither. */
export async function snapshot(tx: Tx, threadId: string): Promise<store.ThreadSnapshot | null> {
  const [row] = await rowsOf<{
    user_id: string;
    messages: string | null;
    state: string | null;
    run_id: string | null;
    client_run_id: string;
    status: store.RunStatus;
    interrupts: Interrupt[] | null;
    started: string | null;
    head: number | null;
  }>(
    tx,
    sql`select t.user_id,
      (select json_agg(message order by position)::text from flightdeck.messages where thread_id = t.id) as messages,
      (select state::text from flightdeck.runs where thread_id = t.id and state is not null order by started_at desc, id desc limit 1) as state,
      last.id as run_id, last.client_run_id, last.status, last.interrupts,
      (select event::text from flightdeck.run_events where run_id = last.id and seq = 1) as started,
      (select max(seq) from flightdeck.run_events where run_id = last.id) as head
      from flightdeck.threads t
      left join lateral (select id, client_run_id, status, interrupts from flightdeck.runs
        where thread_id = t.id order by started_at desc, id desc limit 1) as last on true
      where t.id = ${threadId} and t.deleted_at is null`,
  );
  if (!row) return null;
  const last = row.run_id && {
    runId: row.run_id,
    clientRunId: row.client_run_id,
    status: row.status,
    interrupts: row.interrupts,
    started: row.started,
    head: row.head ?? 0,
  };
  return { userId: row.user_id, messages: row.messages ?? "[]", state: row.state, last: last || null };
}

export async function threadOwner(tx: Tx, threadId: string): Promise<string | null> {
  const [row] = await rowsOf<{ user_id: string }>(
    tx,
    sql`select user_id from flightdeck.threads where id = ${threadId} and deleted_at is null`,
  );
  return row?.user_id ?? null;
}

export async function requestStop(tx: Tx, threadId: string, clientRunId?: string): Promise<string | null> {
  const only = clientRunId === undefined ? sql`` : sql`and client_run_id = ${clientRunId}`;
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`update flightdeck.runs set stop_requested_at = coalesce(stop_requested_at, now())
      where thread_id = ${threadId} and status = 'running' ${only} returning id`,
  );
  if (!row) return null;
  await rowsOf(tx, sql`select ${notifySql({ kind: "stop", runId: row.id })}`);
  return row.id;
}

export async function runningRun(tx: Tx, threadId: string): Promise<string | null> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`select id from flightdeck.runs where thread_id = ${threadId} and status = 'running'`,
  );
  return row?.id ?? null;
}
