import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";
import { type OrderBackend, RUN_TOKEN_SECRET, runToken } from "./order-backend";

/** Short, so that what a dead process held is soon free; the processes renew it three times as often. */
export const LEASE_MS = 900;
const SETTLED_WITHIN_MS = 60_000;

/** An agent backend in a process of its own. */
export interface AgentProcess {
  url: string;
  child: ChildProcess;
  /** Resolves when it is at the moment at which it was to be held. */
  held: Promise<void>;
  /** Resolves with the signal that ended it. */
  died: Promise<string | null>;
}

/** Agent backends as real processes on the database of `backend`; each may be told where to die. `killAll` belongs in afterAll. */
export function agentProcesses(backend: () => OrderBackend) {
  const started: ChildProcess[] = [];

  async function start(crashAt = "", how: "kill" | "hold" = "kill"): Promise<AgentProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ["--import", "tsx", "test/crashing-agent-backend.ts"], {
      env: {
        ...process.env,
        CRASH_AT: crashAt,
        CRASH_HOW: how,
        PORT: String(port),
        LEASE_MS: String(LEASE_MS),
        RUN_TOKEN_SECRET,
        FLIGHTDECK_DATABASE_URL: backend().database.url,
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    started.push(child);
    const died = new Promise<string | null>((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
    let output = "";
    const printed = (word: string) =>
      new Promise<void>((resolve) =>
        child.stdout?.on("data", () => {
          if (output.includes(word)) resolve();
        }),
      );
    child.stdout?.on("data", (data) => {
      output += data;
    });
    const held = printed("held");
    await Promise.race([
      printed("listens"),
      died.then(() => Promise.reject(new Error("the process ended before it listened"))),
    ]);
    return { url: `http://127.0.0.1:${port}`, child, held, died };
  }

  return {
    start,

    /**
     * A process that dies at `crashAt`. The survivor is held still until it has: it sweeps, and would now and then take the thread before
     * the victim has come to where it dies.
     */
    async startVictim(survivor: AgentProcess, crashAt: string): Promise<AgentProcess> {
      const victim = await start(crashAt);
      survivor.child.kill("SIGSTOP");
      void victim.died.then(() => survivor.child.kill("SIGCONT"));
      return victim;
    },

    /** One call as Ada. False when it was refused, or when the process died under it: then it has got it or has not, and both are fine. */
    async post({ url }: AgentProcess, threadId: string, path: string, body: unknown): Promise<boolean> {
      const headers = {
        authorization: `Bearer ${await runToken(backend().ada, threadId)}`,
        "content-type": "application/json",
      };
      const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) }).catch(
        () => null,
      );
      return response?.ok ?? false;
    },

    killAll(): void {
      for (const child of started) child.kill("SIGKILL");
    },
  };
}

/** Asks until the answer is `wanted`; throws with the last answer when that takes too long. */
export async function untilIs(ask: () => Promise<string | undefined>, wanted: string): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (let status = await ask(); status !== wanted; status = await ask()) {
    if (Date.now() > deadline) throw new Error(`it is ${status} and not ${wanted}`);
    await sleep(50);
  }
}
