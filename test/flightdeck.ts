import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Holder, isAlive, readHolder } from "@/scripts/bootstrap/lock-file.mjs";
import { readPostmaster } from "@/scripts/launch/postgres/postmaster-file";

const root = fileURLToPath(new URL("..", import.meta.url));

interface NodeHolder extends Holder {
  children?: (Holder & { name: string })[];
}

/** A real `npm start` in processes of its own. */
export interface Flightdeck {
  url: string;
  /** Everything it has printed so far. */
  output(): string;
  /** The process that `npm start` runs first. */
  outer: ChildProcess;
  /** The process that watches over the others, and those others except Postgres. */
  supervisor: Holder;
  children: (Holder & { name: string })[];
  /** Resolves with the exit code when the outer process has ended. */
  exited: Promise<number | null>;
  /** Asks it to stop and resolves with its exit code. */
  stop(): Promise<number | null>;
}

export type Variables = Record<string, string | undefined>;

export interface FlightdeckOptions {
  home: string;
  port: number;
  env?: Variables;
}

/** A home that Postgres's account can reach also under root. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "flightdeck-home-"));
  chmodSync(home, 0o711);
  return home;
}

/** Runs `npm start` until it ends, and resolves with what it printed. For starts that are refused. */
export async function runFlightdeck(options: FlightdeckOptions): Promise<{ code: number | null; output: string }> {
  const { outer, output, exited } = launch(options);
  const timer = setTimeout(() => outer.kill("SIGTERM"), 60_000);
  const code = await exited;
  clearTimeout(timer);
  return { code, output: output() };
}

/** Starts the app and resolves when it is ready. Throws with its output when it ends before. */
export async function startFlightdeck(options: FlightdeckOptions): Promise<Flightdeck> {
  const { outer, output, exited } = launch(options);
  await Promise.race([
    exited.then((code) => Promise.reject(new Error(`npm start ended with ${code}:\n${output()}`))),
    new Promise<void>((resolve) => {
      outer.stdout?.on("data", () => {
        if (/^ready: /m.test(output())) resolve();
      });
    }),
  ]);
  // On a database of their own several nodes may share a home, one a port.
  const lock = options.env?.DATABASE_URL ? `node-${options.port}.lock` : "node.lock";
  const node = readHolder(join(options.home, lock)) as NodeHolder;
  return {
    url: `http://localhost:${options.port}`,
    output,
    outer,
    supervisor: node,
    children: node.children ?? [],
    exited,
    stop: () => {
      outer.kill("SIGTERM");
      return exited;
    },
  };
}

function launch({ home, port, env }: FlightdeckOptions) {
  const outer = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: { ...process.env, PORT: String(port), FLIGHTDECK_HOME: home, DATABASE_URL: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [outer.stdout, outer.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const exited = new Promise<number | null>((resolve) => outer.once("close", resolve));
  return { outer, exited, output: () => printed };
}

/** The names of the app's processes that still run, Postgres included. */
export async function listSurvivors(app: Flightdeck, home: string): Promise<string[]> {
  const holders = [{ ...app.supervisor, name: "supervisor" }, ...app.children];
  const alive = holders.filter(isAlive).map(({ name }) => name);
  return (await postgresPid(home)) ? [...alive, "Postgres"] : alive;
}

/** The running Postgres of a home that keeps its data inside. */
export async function postgresPid(home: string): Promise<number | undefined> {
  const found = await readPostmaster(join(home, "postgres", "data"));
  if (!found) return undefined;
  try {
    process.kill(found.pid, 0);
    return found.pid;
  } catch {
    return undefined;
  }
}
