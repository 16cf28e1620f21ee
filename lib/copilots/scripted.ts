// The agent that load tests, benches and recovery tests drive: it streams made-up tokens through the same gateway, runner and client as
// any other. Only with FLIGHTDECK_SCRIPTED=1.
import { setTimeout as sleep } from "node:timers/promises";
import { AbstractAgent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import { from, type Observable } from "rxjs";
import { z } from "zod";
import { newId } from "@/db/ids";
import { scriptedTokens } from "./scripted-tokens";

const perfSchema = z.object({
  n: z.number().int().min(0).max(200_000).default(100),
  rate: z.number().min(0).max(100_000).default(50),
  size: z.number().int().min(1).max(1_000).default(5),
  md: z.boolean().default(false),
  stamp: z.boolean().default(false),
  seed: z.number().int().default(1),
});

// At most this many tokens between two looks at the event loop.
const BURST = 50;
const TICK_MS = 5;

export class ScriptedAgent extends AbstractAgent {
  private controller = new AbortController();

  constructor() {
    super({ agentId: "scripted", description: "Streams made-up tokens for measuring." });
  }

  run(input: RunAgentInput): Observable<BaseEvent> {
    this.controller = new AbortController();
    return from(script(input, this.controller.signal));
  }

  override clone(): ScriptedAgent {
    return new ScriptedAgent();
  }

  override abortRun(): void {
    this.controller.abort();
  }
}

async function* script(input: RunAgentInput, signal: AbortSignal): AsyncGenerator<BaseEvent> {
  const { threadId, runId } = input;
  yield { type: EventType.RUN_STARTED, threadId, runId } as BaseEvent;
  const perf = perfSchema.safeParse((input.forwardedProps as { perf?: unknown } | undefined)?.perf ?? {});
  if (!perf.success) {
    yield {
      type: EventType.RUN_ERROR,
      code: "invalid_request",
      message: "forwardedProps.perf is not valid.",
    } as BaseEvent;
    return;
  }
  const messageId = newId("msg");
  yield { type: EventType.TEXT_MESSAGE_START, messageId, role: "assistant" } as BaseEvent;
  const started = performance.now();
  let sent = 0;
  for (const delta of scriptedTokens(perf.data)) {
    yield { type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta } as BaseEvent;
    sent++;
    // Paced against the start, not against the last token, so that a busy machine catches up instead of drifting.
    const aheadMs = perf.data.rate > 0 ? (sent / perf.data.rate) * 1000 - (performance.now() - started) : 0;
    if (aheadMs >= TICK_MS || sent % BURST === 0)
      await sleep(Math.max(0, aheadMs), undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
  }
  yield { type: EventType.TEXT_MESSAGE_END, messageId } as BaseEvent;
  yield { type: EventType.RUN_FINISHED, threadId, runId } as BaseEvent;
}
