// The run store on Postgres: what store.ts promises, one file a subject. Tenant data is reached only through the doors, so row-level
// security stands behind every query.
import type { Doors } from "@/db/with-tenant";
import type { RunStore } from "../store";
import { admit, release } from "./admissions";
import { append, missing, prune, read } from "./event-log";
import { claim, heartbeat, leave } from "./leases";
import { requestStop, runningRun, snapshot, threadOwner } from "./threads";

export function createPostgresStore({ withTenant, withRunner, withSystem }: Doors): RunStore {
  return {
    admit: (request) => withTenant(request.caller, (tx, commitNow) => admit(tx, commitNow, request)),
    release: (run) => withRunner(run.tenantId, (tx) => release(tx, run)),
    append: (tenantId, batch) => append({ withRunner }, tenantId, batch),
    read: (tenantId, cursors, limit) => withRunner(tenantId, (tx) => read(tx, cursors, limit)),
    missing: (tenantId, runIds) => withRunner(tenantId, (tx) => missing(tx, runIds)),
    snapshot: (reader, threadId) => withTenant(reader, (tx) => snapshot(tx, threadId)),
    threadOwner: (reader, threadId) => withTenant(reader, (tx) => threadOwner(tx, threadId)),
    requestStop: (caller, threadId, runId) => withTenant(caller, (tx) => requestStop(tx, threadId, runId)),
    runningRun: (reader, threadId) => withTenant(reader, (tx) => runningRun(tx, threadId)),
    heartbeat: (nodeId, leaseMs) => withSystem((tx) => heartbeat(tx, nodeId, leaseMs)),
    claim: (orphan, nodeId) => withRunner(orphan.tenantId, (tx) => claim(tx, orphan, nodeId)),
    leave: (nodeId) => withSystem((tx) => leave(tx, nodeId)),
    prune: (keepEventsMs) => prune({ withRunner, withSystem }, keepEventsMs),
  };
}
