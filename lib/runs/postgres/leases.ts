import type { Message } from "@ag-ui/core";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";
import type * as store from "../store";
import { rowsOf } from "./rows";

export async function heartbeat(tx: Tx, nodeId: string, leaseMs: number): Promise<store.Heartbeat> {
  await rowsOf(
    tx,
    sql`insert into flightdeck.run_nodes (id, expires_at) values (${nodeId}, now() + ${leaseMs} * interval '1 millisecond')
      on conflict (id) do update set expires_at = excluded.expires_at`,
  );
  const rows = await rowsOf<store.HeldRun & { mine: boolean }>(
    tx,
    sql`select r.id as "runId", r.tenant_id as "tenantId", r.lease_token::int4 as token,
        r.stop_requested_at is not null as "stopRequested", r.lease_owner = ${nodeId} as mine
      from flightdeck.runs r left join flightdeck.run_nodes n on n.id = r.lease_owner and n.expires_at > now()
      where r.status = 'running' and (n.id is null or r.lease_owner = ${nodeId})`,
  );
  const held = (mine: boolean) => rows.flatMap(({ mine: own, ...run }) => (own === mine ? [run] : []));
  return { mine: held(true), orphans: held(false) };
}

export async function claim(tx: Tx, orphan: store.HeldRun, nodeId: string): Promise<store.ClaimedRun | null> {
  const [row] = await rowsOf<{
    thread_id: string;
    user_id: string;
    agent: string;
    client_run_id: string;
    stopped: boolean;
  }>(
    tx,
    sql`update flightdeck.runs r set lease_owner = ${nodeId}, lease_token = lease_token + 1
      where r.id = ${orphan.runId} and r.status = 'running' and r.lease_token = ${orphan.token}
        and (r.lease_owner = ${nodeId}
          or not exists (select from flightdeck.run_nodes n where n.id = r.lease_owner and n.expires_at > now()))
      returning thread_id, user_id, agent, client_run_id, stop_requested_at is not null as stopped`,
  );
  if (!row) return null;
  const events = await rowsOf<store.LogEntry>(
    tx,
    sql`select seq, event::text as json from flightdeck.run_events where run_id = ${orphan.runId} order by seq`,
  );
  const [thread] = await rowsOf<{ history: Message[] | null; position: string }>(
    tx,
    sql`select json_agg(message order by position) as history, coalesce(max(position), 0) as position
      from flightdeck.messages where thread_id = ${row.thread_id}`,
  );
  const run: store.RunRef = {
    tenantId: orphan.tenantId,
    userId: row.user_id,
    threadId: row.thread_id,
    runId: orphan.runId,
    clientRunId: row.client_run_id,
    agent: row.agent,
    token: orphan.token + 1,
  };
  return {
    run,
    stopRequested: row.stopped,
    events,
    history: thread?.history ?? [],
    position: Number(thread?.position ?? 0),
  };
}

export async function leave(tx: Tx, nodeId: string): Promise<void> {
  await rowsOf(tx, sql`delete from flightdeck.run_nodes where id = ${nodeId}`);
}
