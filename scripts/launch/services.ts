import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OPENAI_DEFAULT_BASE_URL } from "@/lib/env";
import { StepFailure } from "../bootstrap/step.mjs";
import { type Child, nextCli, startChild, tsxLoader } from "./child";
import type { DatabaseAccess } from "./database";
import { agentBackendPort } from "./ports";
import type { Settings } from "./settings";

const READY_TIMEOUT_MS = 60_000;
/** A page's first compilation under `next dev` takes half a minute on a small machine. */
const DEV_READY_TIMEOUT_MS = 180_000;
const POLL_MS = 50;

const secretOfThisStart = randomBytes(32).toString("hex");

export interface Service {
  child: Child;
  /** Resolves when it serves; throws when it ends first or takes too long. */
  ready: Promise<void>;
}

/** What our own processes are told. The administrator's URL is kept from them, also from the .env that Next reads by itself. */
export function serviceEnvironment(settings: Settings, database: DatabaseAccess): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: settings.dev ? "development" : "production",
    FLIGHTDECK_HOME: settings.home,
    FLIGHTDECK_DEMO: settings.demo ? "1" : "0",
    FLIGHTDECK_DATABASE_URL: database.url,
    FLIGHTDECK_DIRECT_DATABASE_URL: database.directUrl ?? database.url,
    DATABASE_URL: "",
    DIRECT_DATABASE_URL: "",
    OPENAI_BASE_URL: process.env.OPENAI_BASE_URL || OPENAI_DEFAULT_BASE_URL,
    RUN_TOKEN_SECRET: process.env.RUN_TOKEN_SECRET || runTokenSecret(database.url),
    AGENT_BACKEND_URL: settings.agentBackendUrl ?? `http://127.0.0.1:${agentBackendPort(settings.port)}`,
  };
}

/**
 * Web signs run tokens with it and agent-backend checks them: the same on every node of one database, and nothing to store. A
 * login without a password has no secret to derive it from; then it holds for this start.
 */
function runTokenSecret(databaseUrl: string): string {
  const key = new URL(databaseUrl).password || secretOfThisStart;
  return createHmac("sha256", key).update("flightdeck run tokens").digest("hex");
}

export function startAgentBackend(
  settings: Settings,
  database: DatabaseAccess,
  onLine: (line: string) => void,
): Service {
  const port = agentBackendPort(settings.port);
  const entry = join("agent-backend", "server.ts");
  const child = startChild({
    name: "agent-backend",
    args: settings.dev
      ? [join("node_modules", "tsx", "dist", "cli.mjs"), "watch", entry]
      : ["--import", tsxLoader, entry],
    cwd: settings.root,
    env: { ...serviceEnvironment(settings, database), PORT: String(port), HOST: "127.0.0.1" },
    logFile: join(settings.logs, "agent-backend.log"),
    onLine,
  });
  return { child, ready: untilOk(child, `http://127.0.0.1:${port}/health`, settings) };
}

export function startWeb(settings: Settings, database: DatabaseAccess, onLine: (line: string) => void): Service {
  const host = settings.host ? ["-H", settings.host] : [];
  const child = startChild({
    name: "web",
    args: [nextCli, settings.dev ? "dev" : "start", "-p", String(settings.port), ...host],
    cwd: settings.root,
    env: { ...serviceEnvironment(settings, database), PORT: String(settings.port) },
    logFile: join(settings.logs, "web.log"),
    onLine,
  });
  return { child, ready: untilOk(child, `http://${reachableHost(settings)}:${settings.port}/api/ready`, settings) };
}

/** Where a server on all interfaces can be asked from here. */
function reachableHost({ host }: Settings): string {
  if (!host || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

async function untilOk(child: Child, url: string, settings: Settings): Promise<void> {
  const deadline = Date.now() + (settings.dev ? DEV_READY_TIMEOUT_MS : READY_TIMEOUT_MS);
  const ended = child.ended.then((how) => {
    throw new StepFailure(
      `${child.name} ${how} while starting`,
      "the lines above are its own; logs/ in the home has all of them",
      child.tail(),
    );
  });
  // The race below may be over when the child ends, and then nobody listens.
  ended.catch(() => {});
  let last = "no answer";
  while (Date.now() < deadline) {
    const response = await Promise.race([ended, fetch(url).catch(() => undefined)]);
    if (response?.ok) {
      await response.body?.cancel();
      return;
    }
    if (response) last = `${response.status} ${await response.text()}`.slice(0, 500);
    await Promise.race([ended, sleep(POLL_MS)]);
  }
  throw new StepFailure(
    `${url} is not ready: ${last}`,
    "the answer above names the check that fails; logs/ in the home has the services' output",
    child.tail(),
  );
}
