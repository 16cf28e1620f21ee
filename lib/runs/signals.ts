import { type SQL, sql } from "drizzle-orm";
import pg from "pg";
import type { Tx } from "@/db/with-tenant";
import { type Clock, systemClock } from "./clock";
import type { ThreadChange } from "./thread-change";

/** A wake-up between processes. Postgres may merge or, over a broken connection, lose them: the log is the truth, this says "look". */
export type Signal =
  | { kind: "events"; runIds: string[] | null }
  | { kind: "stop"; runId: string }
  | ({ kind: "thread" } & ThreadChanged);

export interface ThreadChanged extends ThreadChange {
  tenantId: string;
  userId: string;
}

/** Where every process listens. */
export const CHANNEL = "flightdeck_runs";
// A notification carries at most 7,999 bytes.
const PAYLOAD_MAX = 7_900;

/** The expression that sends a signal when its transaction commits: `select ${notifySql(…)}`. */
export function notifySql(signal: Signal): SQL {
  return sql`pg_notify(${CHANNEL}, ${signalPayload(signal)})`;
}

/** What a notification carries, for a statement that sends several. */
export function signalPayload(signal: Signal): string {
  const payload = JSON.stringify(signal);
  return payload.length > PAYLOAD_MAX ? JSON.stringify({ kind: "events", runIds: null }) : payload;
}

/** Tells every process that a thread changed, when this transaction commits. */
export async function announceThread(tx: Tx, changed: ThreadChanged): Promise<void> {
  await tx.execute(sql`select ${notifySql({ kind: "thread", ...changed })}`);
}

export interface Signals {
  /** `reconnected` says that signals may have been missed. */
  listen(onSignal: (signal: Signal) => void, onReconnected: () => void): Promise<void>;
  close(): Promise<void>;
}

/** One LISTEN connection for the process, reopened when it breaks. `directUrl` must not lead through a transaction pooler. */
export function createPostgresSignals(directUrl: string, clock: Clock = systemClock): Signals {
  let client: pg.Client | undefined;
  let closed = false;

  async function open(onSignal: (signal: Signal) => void, onLost: () => void): Promise<void> {
    const next = new pg.Client({
      connectionString: directUrl,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: "flightdeck-listen",
    });
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      if (client === next) client = undefined;
      next.end().catch(() => {});
      if (!closed) onLost();
    };
    next.on("error", lose);
    next.on("end", lose);
    next.on("notification", ({ payload }) => {
      const signal = parseSignal(payload);
      if (signal) onSignal(signal);
    });
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (error) {
      lost = true;
      next.end().catch(() => {});
      throw error;
    }
  }

  return {
    async listen(onSignal, onReconnected) {
      const reopen = (delayMs: number) => {
        clock.after(delayMs, () => {
          if (closed) return;
          open(onSignal, () => reopen(100)).then(onReconnected, () => reopen(Math.min(delayMs * 2, 1_000)));
        });
      };
      // The first attempt may fail as any later one: the log is polled meanwhile.
      await open(onSignal, () => reopen(100)).catch(() => reopen(100));
    },
    async close() {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
}

function parseSignal(payload: string | undefined): Signal | undefined {
  try {
    return JSON.parse(payload ?? "") as Signal;
  } catch {
    // Somebody else's notification on our channel.
    return undefined;
  }
}
