import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseEnv } from "node:util";
import { demoEnabled, env } from "@/lib/env";
import { StepFailure } from "../bootstrap/step.mjs";

const DEFAULT_PORT = 3000;

/** What `npm start` was asked to do. */
export interface Settings {
  root: string;
  /** True for `npm run dev`: hot reload instead of a build. */
  dev: boolean;
  /** Where this node keeps its state, absolute. */
  home: string;
  /** Where the output of what it starts goes; nodes that share a home have one each. */
  logs: string;
  port: number;
  /** The interface that the web listens on; undefined for all of them. */
  host: string | undefined;
  /** An operator's server and database; undefined for the embedded Postgres. */
  databaseUrl: string | undefined;
  /** A session-level connection to the same database, where `databaseUrl` goes through a pooler. */
  directDatabaseUrl: string | undefined;
  /** An agent backend that runs elsewhere; undefined to start our own. */
  agentBackendUrl: string | undefined;
  demo: boolean;
}

/**
 * Reads the environment, completed by .env.local and .env. Refuses what is half configured, naming the variables, so that a
 * missing key is not discovered by the first person who asks a question.
 */
export function readSettings(root: string, argv: string[]): Settings {
  const unknown = argv.find((argument) => argument !== "--dev");
  if (unknown)
    throw new StepFailure(
      `${unknown} is not an option of npm start`,
      "settings are environment variables: see .env.example",
    );
  for (const file of [".env.local", ".env"]) completeFrom(join(root, file));
  const port = readPort(process.env.PORT);
  const web = validated();
  const databaseUrl = readDatabaseUrl("DATABASE_URL");
  const directDatabaseUrl = readDatabaseUrl("DIRECT_DATABASE_URL");
  if (directDatabaseUrl && !databaseUrl) {
    throw new StepFailure(
      "DIRECT_DATABASE_URL is set, but DATABASE_URL is missing",
      "set DATABASE_URL too, or neither for the embedded Postgres",
    );
  }
  const demo = demoEnabled();
  if (demo && web.SUPABASE_URL && !web.SUPABASE_SECRET_KEY) {
    throw new StepFailure(
      "FLIGHTDECK_DEMO is on, but SUPABASE_SECRET_KEY is missing: the demo users cannot be made",
      "set it, or FLIGHTDECK_DEMO=0",
    );
  }
  if (web.AGENT_BACKEND_URL && !web.RUN_TOKEN_SECRET) {
    throw new StepFailure(
      "AGENT_BACKEND_URL is set, but RUN_TOKEN_SECRET is missing: that service could not tell who is asking",
      "set the one that it was started with, or neither for an agent backend of our own",
    );
  }
  const home = resolve(root, web.FLIGHTDECK_HOME);
  return {
    root,
    dev: argv.includes("--dev"),
    home,
    logs: databaseUrl ? join(home, "logs", String(port)) : join(home, "logs"),
    port,
    // The local auth stand-in knows the demo's passwords and must not be met from another machine by accident.
    host: process.env.HOST || (web.SUPABASE_URL || web.FLIGHTDECK_LOCAL_AUTH_PUBLIC ? undefined : "127.0.0.1"),
    databaseUrl,
    directDatabaseUrl,
    agentBackendUrl: web.AGENT_BACKEND_URL,
    demo,
  };
}

/** The home as a person would type it in the project's folder. */
export function shownHome(settings: Settings): string {
  const path = relative(settings.root, settings.home);
  return path.startsWith("..") ? settings.home : path;
}

/** Sets what a file names and the environment does not. A variable that is set to nothing counts as set: that is how to unset one. */
function completeFrom(file: string): void {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    return;
  }
  for (const [name, value] of Object.entries(parseEnv(content))) process.env[name] ??= value;
}

function readPort(value: string | undefined): number {
  const port = value ? Number(value) : DEFAULT_PORT;
  // The two ports after it are the agent backend's and Postgres's.
  if (!Number.isInteger(port) || port < 1 || port > 65_533) {
    throw new StepFailure(
      `PORT is "${value}", which is no port`,
      "give a number from 1 to 65533, for example PORT=3100 npm start",
    );
  }
  return port;
}

function readDatabaseUrl(name: string): string | undefined {
  const value = process.env[name];
  if (!value) return undefined;
  if (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol)) return value;
  throw new StepFailure(`${name} is not a Postgres URL`, "write it as postgres://user:password@host:5432/database");
}

function validated() {
  try {
    return env();
  } catch (error) {
    throw new StepFailure(
      (error as Error).message,
      "set what is named in the environment or in .env; .env.example explains each variable",
    );
  }
}
