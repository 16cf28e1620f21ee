import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { LogFile } from "./log-file";

const exitWithParent = new URL("../bootstrap/exit-with-parent.mjs", import.meta.url).href;
export const tsxLoader = new URL("../../node_modules/tsx/dist/loader.mjs", import.meta.url).href;
export const nextCli = fileURLToPath(new URL("../../node_modules/next/dist/bin/next", import.meta.url));

const LAST_WORDS_MS = 300;

export interface ChildOptions {
  name: string;
  /** Arguments to Node. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Called for each line of output. */
  onLine?: (line: string) => void;
}

/** A Node process that lives no longer than this one. */
export interface Child {
  name: string;
  pid: number;
  /** How it ended, in words. */
  ended: Promise<string>;
  /** Zero when it ended well; null while it runs or when a signal ended it. */
  exitCode(): number | null;
  tail(): string;
  /** Asks it to end, and after `graceMs` makes it. Resolves when it and what it started are gone. */
  stop(graceMs: number): Promise<void>;
}

export function startChild({ name, args, cwd, env, logFile, onLine }: ChildOptions): Child {
  // A process group of its own: Ctrl-C in the terminal reaches the launcher alone, which then stops things in order.
  const child = spawn(process.execPath, ["--import", exitWithParent, ...args], {
    cwd,
    env: { ...env, FLIGHTDECK_EXIT_WITH_PARENT: "1" },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = new LogFile(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      log.line(line);
      onLine?.(line);
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      // Its last words may still be in the pipe, which a process that it started can keep open.
      child.once("close", () => resolve(how));
      setTimeout(() => resolve(how), LAST_WORDS_MS);
    });
  });
  return {
    name,
    pid: child.pid ?? 0,
    ended,
    exitCode: () => child.exitCode,
    tail: () => log.tail(),
    stop: (graceMs) => stopGroup(child, ended, graceMs),
  };
}

async function stopGroup(child: ChildProcess, ended: Promise<string>, graceMs: number): Promise<void> {
  if (!child.pid) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => killGroup(child.pid), graceMs);
  await ended;
  clearTimeout(timer);
  // Workers that outlived their parent.
  killGroup(child.pid);
}

/** Ends every process of a group at once. */
export function killGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}
