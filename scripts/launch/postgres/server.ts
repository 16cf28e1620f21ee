import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { processStart } from "../../bootstrap/live-process.mjs";
import { StepFailure } from "../../bootstrap/step.mjs";
import type { Account } from "./account";
import { adminUrl, type Cluster, dataDirectory } from "./cluster";
import { postgresEnvironment } from "./initdb";
import { disownPid, isPostmaster, readPostmaster } from "./postmaster-file";

const POLL_MS = 25;
/** Crash recovery replays the write-ahead log: seconds after a normal crash, minutes after a very busy one. */
const READY_TIMEOUT_MS = 180_000;
/** How long processes of a killed server may take to notice and go. */
const PREDECESSOR_TIMEOUT_MS = 15_000;
const LOG_BYTES_MAX = 20_000_000;
const LOG_LINES = 12;

/** A Postgres server that answers to this cluster's administrator. */
export interface Server {
  port: number;
  pid: number;
  /** True when a server that an earlier start left behind was taken over. */
  adopted: boolean;
  /** Resolves, with words, when the server is gone. */
  ended: Promise<string>;
  /** Ends open sessions and writes everything to disk; when that takes longer than `graceMs` the next start recovers instead. */
  stop(graceMs: number): Promise<void>;
}

/** Takes over the server that runs on the cluster's data, waiting for one that is just starting or stopping. */
export async function adoptServer(cluster: Cluster): Promise<Server | undefined> {
  const data = dataDirectory(cluster);
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const found = await readPostmaster(data);
    if (!found) return undefined;
    if (!isPostmaster(found, data)) {
      if (processStart(found.pid) !== null) await disownPid(data);
      return undefined;
    }
    if (found.status === "ready" && (await answers(cluster, found.port))) {
      const { pid, port } = found;
      return { pid, port, adopted: true, ended: untilGone(pid), stop: (graceMs) => stopServer(pid, graceMs) };
    }
    await sleep(POLL_MS * 4);
  }
  throw new StepFailure(
    `the Postgres that runs on ${data} does not answer`,
    "stop it (its process id is the first line of postmaster.pid there), then start again",
  );
}

export interface ServerOptions {
  /** The folder with the programs; see binaries.ts. */
  native: string;
  cluster: Cluster;
  account: Account | undefined;
  port: number;
  logFolder: string;
}

/** Starts a server on the cluster's data and waits until it answers. Throws with the server's own last lines. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const logFile = openLog(options.logFolder);
  const deadline = Date.now() + PREDECESSOR_TIMEOUT_MS;
  for (;;) {
    const logged = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const child = spawnServer(options, logFile);
    const problem = await untilReady(child, options);
    if (!problem) return serverOf(child, options.port);
    const lines = readFileSync(logFile).subarray(logged).toString().trim().split("\n").slice(-LOG_LINES).join("\n");
    // Processes of a server that was killed are still leaving.
    const occupied = /shared memory block .* is still in use|lock file "postmaster.pid" already exists/.test(lines);
    if (!occupied || Date.now() > deadline) throw new StepFailure(problem, fixFor(lines, options.port), lines);
    await sleep(POLL_MS * 10);
  }
}

function openLog(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "postgres.log");
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) rmSync(file);
  return file;
}

function spawnServer({ native, cluster, account, port }: ServerOptions, logFile: string): ChildProcess {
  const settings = {
    port,
    // Loopback only, and no socket file: nothing outside this machine and no fixed path to collide on.
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(logFile, "a", 0o600);
  try {
    return spawn(join(native, "bin", "postgres"), ["-D", dataDirectory(cluster), ...flags], {
      cwd: "/",
      env: postgresEnvironment(),
      // A session of its own: Ctrl-C must reach the clients first.
      detached: true,
      stdio: ["ignore", log, log],
      ...account,
    });
  } finally {
    closeSync(log);
  }
}

/** Waits until the server answers. Returns why it does not, or undefined. */
async function untilReady(child: ChildProcess, { cluster, port }: ServerOptions): Promise<string | undefined> {
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = `Postgres could not be started (${error.message})`;
  });
  child.once("exit", (code, signal) => {
    ended ??= `Postgres ended at its start (${signal ?? `code ${code}`})`;
  });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (ended) return ended;
    const found = await readPostmaster(dataDirectory(cluster));
    if (found?.pid === child.pid && found?.status === "ready" && (await answers(cluster, port))) return undefined;
    await sleep(POLL_MS);
  }
  return `Postgres is still recovering after ${READY_TIMEOUT_MS / 1000} s`;
}

function serverOf(child: ChildProcess, port: number): Server {
  const pid = child.pid ?? 0;
  // The launcher decides when it is done; a server that it started does not keep it alive.
  child.unref();
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  });
  return { pid, port, adopted: false, ended, stop: (graceMs) => stopServer(pid, graceMs) };
}

/** Fast shutdown by SIGINT; immediate shutdown by SIGQUIT when that takes too long, for instance behind a client that hangs. */
async function stopServer(pid: number, graceMs: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline) {
      if (processStart(pid) === null) return;
      await sleep(POLL_MS);
    }
  }
}

/** Watches a process that is not our child. */
async function untilGone(pid: number): Promise<string> {
  while (processStart(pid) !== null) await sleep(1_000, undefined, { ref: false });
  return "ended";
}

/** Whether the server on this port is the one of this cluster: its data and its password. */
async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: adminUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: 2_000,
  });
  // A server that goes away in the middle of this raises here as well.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === dataDirectory(cluster);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function fixFor(log: string, port: number): string {
  if (/could not bind|Address already in use/.test(log)) return `port ${port} is taken: PORT=${port + 98} npm start`;
  if (/incompatible with server/.test(log))
    return "these files were made by another major version of Postgres: export with the version of the project that made them, or choose another FLIGHTDECK_HOME";
  if (/No space left|could not write/.test(log)) return "free some disk space, then start again";
  if (/Permission denied|wrong ownership|invalid permissions/.test(log))
    return "the files belong to another account: start as the one that made them, or choose another FLIGHTDECK_HOME";
  return "read the lines above (all of them are in logs/postgres.log of the home); DATABASE_URL chooses another server";
}
