import journal from "@/db/migrations/meta/_journal.json";
import { getPool } from "@/db/pool";
import { env } from "@/lib/env";
import { authServer } from "./auth-server";

/** "ok", or why not in a few words: for an operator, and without anything secret. */
export type Check = string;

export interface Readiness {
  ready: boolean;
  checks: Record<"database" | "migrations" | "auth" | "agentBackend", Check>;
}

const TIMEOUT_MS = 2_000;
// Anybody may ask; the servers behind are not asked more often than this.
const SHARED_MS = 500;

let shared: { askedAtMs: number; answer: Promise<Readiness> } | undefined;

/** Whether this process can serve: asks everything it depends on. */
export function checkReadiness(): Promise<Readiness> {
  const nowMs = Date.now();
  if (!shared || nowMs - shared.askedAtMs > SHARED_MS) shared = { askedAtMs: nowMs, answer: ask() };
  return shared.answer;
}

async function ask(): Promise<Readiness> {
  const [database, migrations, auth, agentBackend] = await Promise.all([
    check(checkDatabase),
    check(checkMigrations),
    check(checkAuth),
    check(checkAgentBackend),
  ]);
  const checks = { database, migrations, auth, agentBackend };
  return { ready: Object.values(checks).every((result) => result === "ok"), checks };
}

async function checkDatabase(): Promise<Check> {
  await getPool().query("select 1");
  return "ok";
}

/** Newer than this build is fine: another node is being upgraded, and its migrations keep the older code working. */
async function checkMigrations(): Promise<Check> {
  const { rows } = await getPool().query<{ latest: string | null }>(
    "select max(created_at) as latest from flightdeck.migrations",
  );
  const expected = journal.entries.at(-1)?.when ?? 0;
  return Number(rows[0]?.latest ?? 0) >= expected ? "ok" : "the database is older than this build: run the migrations";
}

/** Asks for the keys that tokens are verified with, which is what every request needs of the auth server. */
async function checkAuth(): Promise<Check> {
  const { jwksUrl, publishableKey } = authServer();
  const answer = await fetch(jwksUrl, { headers: { apikey: publishableKey }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) return `the auth server answered ${answer.status}`;
  const { keys } = (await answer.json()) as { keys?: unknown[] };
  if (keys && keys.length > 0) return "ok";
  return "the auth server publishes no signing keys: switch the project to asymmetric JWT signing keys";
}

async function checkAgentBackend(): Promise<Check> {
  const { AGENT_BACKEND_URL } = env();
  // An app whose copilots all run in this process needs none.
  if (!AGENT_BACKEND_URL) return "ok";
  const answer = await fetch(new URL("/health", AGENT_BACKEND_URL), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return answer.ok ? "ok" : `the agent backend answered ${answer.status}`;
}

async function check(ask: () => Promise<Check>): Promise<Check> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${TIMEOUT_MS / 1000} s`), TIMEOUT_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    const { cause = error } = error as { cause?: unknown };
    // The message may hold a host, a user or a query; the code does not.
    return `failed: ${(cause as { code?: string }).code ?? "no connection"}`;
  } finally {
    clearTimeout(timer);
  }
}
