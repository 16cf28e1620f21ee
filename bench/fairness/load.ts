import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** Somebody who asks again as soon as they are answered. */
export interface Asker {
  url: string;
  tenant: string;
  bearer: string;
  threadId: string;
}

export interface Asked {
  /** Milliseconds until the first event, and until the answer was whole, of each question that was answered. */
  firstMs: number[];
  wholeMs: number[];
  refused: number;
}

// A short answer at a readable pace.
const PERF = { n: 20, rate: 100, size: 5 };
const PAUSE_MS = 20;
/** Somebody who was refused comes back sooner than they were told: that is what a storm does. */
const STORM_MS = 200;

/** Lets everybody ask until the time is over, and waits for the last answers. */
export async function ask(askers: readonly Asker[], forMs: number): Promise<Asked> {
  const asked: Asked = { firstMs: [], wholeMs: [], refused: 0 };
  const until = performance.now() + forMs;
  await Promise.all(
    askers.map(async (asker, at) => {
      await sleep((at * 37) % 300);
      while (performance.now() < until) await sleep((await askOnce(asker, asked)) ? PAUSE_MS : STORM_MS);
    }),
  );
  return asked;
}

async function askOnce({ url, tenant, bearer, threadId }: Asker, asked: Asked): Promise<boolean> {
  const began = performance.now();
  const response = await fetch(`${url}/api/copilotkit/agent/scripted/run`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "x-tenant": tenant, "content-type": "application/json" },
    body: JSON.stringify({
      threadId,
      runId: randomUUID(),
      state: {},
      messages: [{ id: randomUUID(), role: "user", content: "Go on" }],
      tools: [],
      context: [],
      forwardedProps: { perf: PERF },
    }),
  });
  if (response.status === 429) {
    await response.text();
    asked.refused++;
    return false;
  }
  if (!response.ok || !response.body) throw new Error(`${response.status}: ${await response.text()}`);
  const reader = response.body.getReader();
  await reader.read();
  const firstMs = performance.now() - began;
  while (!(await reader.read()).done);
  asked.firstMs.push(firstMs);
  asked.wholeMs.push(performance.now() - began);
  return true;
}
