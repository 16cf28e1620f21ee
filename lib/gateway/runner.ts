import { createPool, databaseUrl, directDatabaseUrl } from "@/db/pool";
import { createDoors } from "@/db/with-tenant";
import { announceContext } from "@/lib/context/announce";
import { warmTokenizer } from "@/lib/context/token-counter";
import { describeFailure } from "@/lib/copilots/describe-failure";
import { restartedCopilot } from "@/lib/copilots/registry";
import { announceProviders } from "@/lib/models/announce-providers";
import { createPostgresRunner, type PostgresAgentRunner } from "@/lib/runs/runner";
import { log } from "@/lib/telemetry/log";
import { requireIdentity, runWithIdentity } from "./identity";
import { findMember } from "./membership";

const TAKEOVERS_MAX = 4;
// Of its own, so that requests that wait for connections cannot make this process miss its lease, or hold up what runs append.
const ENGINE_CONNECTIONS_MAX = 6;
// Each request takes a connection for a few turns of the event loop, and a busy one turns slowly: many of them wait together.
const REQUEST_CONNECTIONS_MAX = 12;
const KEY = Symbol.for("flightdeck.runner");
type Holder = { [KEY]?: PostgresAgentRunner };

/** The process's runner. Bundlers may load this module several times in one process, and two would fight over the same runs. */
export function getRunner(): PostgresAgentRunner {
  const holder = globalThis as Holder;
  holder[KEY] ??= createRunner();
  return holder[KEY];
}

/** Lets the runner look after orphans from now on. A database that is away at this moment is tried again with the first request. */
export async function startRunner(): Promise<void> {
  void warmTokenizer();
  await getRunner()
    .start()
    .catch((error) => log.warn({ event: "runner", message: "could not start yet", error: String(error) }));
}

function createRunner(): PostgresAgentRunner {
  const engine = createPool(databaseUrl(), ENGINE_CONNECTIONS_MAX);
  const requests = createPool(databaseUrl(), REQUEST_CONNECTIONS_MAX);
  const { withTenant } = createDoors(() => requests, { planOnce: true });
  const runner = createPostgresRunner({
    doors: { ...createDoors(() => engine, { planOnce: true }), withTenant },
    directUrl: directDatabaseUrl(),
    identity: () => {
      const { tenantId, userId, role } = requireIdentity();
      return { tenantId, userId, role };
    },
    log: (message, detail) => log.info({ event: "runner", message, ...detail }),
    describeError: describeFailure,
    announce: async (reader, threadId) => [...announceProviders(), ...(await announceContext(reader, threadId))],
    resumeOrphan: async ({ tenantId, userId, agent, token }, resume) => {
      // A turn that takes down every process that tries it must not go round for ever.
      if (token > TAKEOVERS_MAX) return;
      const identity = await findMember(userId, tenantId);
      const restarted = identity && restartedCopilot(agent, identity);
      if (restarted) runWithIdentity(identity, () => resume(restarted));
    },
  });
  // Runs that this process executes are ended as interrupted at once, instead of when their lease is missed.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void runner.close());
  return runner;
}
