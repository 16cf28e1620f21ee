import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  code: number;
  /** What it printed, both streams in order. */
  output: string;
}

const running = new Set<ReturnType<typeof spawn>>();

/** Runs a Node program of node_modules, given as its path there, in the project's folder. */
export function runTool(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return run(process.execPath, [`node_modules/${program}`, ...args], env);
}

export function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // A process group of its own, so that what a test runner started ends with it.
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

const GRACE_MS = 5_000;

/** Ends what is running when this process is asked to end, or loses the process that started it. */
export function stopToolsWithUs(): void {
  const stop = () => {
    signalAll("SIGTERM");
    setTimeout(() => {
      signalAll("SIGKILL");
      process.exit(130);
    }, GRACE_MS);
    Promise.all([...running].map((child) => new Promise((resolve) => child.once("close", resolve)))).then(() =>
      process.exit(130),
    );
  };
  process.once("SIGINT", stop).once("SIGTERM", stop).once("disconnect", stop);
}

function signalAll(signal: NodeJS.Signals): void {
  for (const { pid } of running) {
    try {
      if (pid) process.kill(-pid, signal);
    } catch {
      // It ended in the meantime.
    }
  }
}
