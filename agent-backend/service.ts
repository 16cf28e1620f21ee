import { type ServerType, serve } from "@hono/node-server";
import { getPool } from "@/db/pool";
import { withRunner, withSystem } from "@/db/with-tenant";
import { createApp } from "./app";
import type { Env } from "./env";
import { Executor } from "./execution/executor";
import { logToStderr as log } from "./log";
import { agents } from "./registry";
import type { SystemsOf } from "./systems/systems";

/** How long streams in flight, and steps at work, may go on after the service was asked to stop. */
const DRAIN_MS = 1_200;

export interface Service {
  server: ServerType;
  /** Refuses new requests; what runs is left to another process, or to this one's next start. */
  stop(): Promise<void>;
}

/** Listens, and looks after threads that a dead process left behind. */
export function startService(env: Env, systemsOf: SystemsOf): Service {
  const { PORT, HOST, RUN_TOKEN_SECRET, LEASE_MS, RUNS_AT_ONCE } = env;
  const doors = { withRunner, withSystem };
  const executor = new Executor({
    doors,
    pool: getPool,
    agents,
    systemsOf,
    leaseMs: LEASE_MS,
    atOnce: RUNS_AT_ONCE,
    log,
  });
  const app = createApp({ agents, executor, runTokenSecret: RUN_TOKEN_SECRET, log });
  const server = serve({ fetch: app.fetch, port: PORT, hostname: HOST }, ({ address, port }) => {
    console.log(`agent backend listens on ${address}:${port}`);
  });
  executor.startSweeping(LEASE_MS / 3);
  return {
    server,
    async stop() {
      server.close();
      await executor.close(DRAIN_MS);
    },
  };
}
