import { AbstractAgent, type AGUIEvent, type BaseEvent, EventType, type Message, verifyEvents } from "@ag-ui/client";
import { tool } from "ai";
import { from, lastValueFrom, toArray } from "rxjs";
import { expect } from "vitest";
import { z } from "zod";
import {
  type FailureClass,
  RECOVERY_ACTIVITY,
  RECOVERY_EVENT,
  recoveryNoticeSchema,
  recoveryReceiptSchema,
} from "@/contract/failures";
import { RunContext } from "@/lib/context/run-context";
import { Copilot, type CopilotDefinition } from "@/lib/copilots/copilot";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { freeMeter } from "@/lib/models/call-meter";
import { createModelHealth, type ModelHealth } from "@/lib/models/model-health";
import { defaultRecoverySettings } from "@/lib/models/recovery-policy";
import type { ChatModel } from "@/lib/models/registry";
import { inputFor, messagesOf } from "./run-cluster";

const identity = { userId: "u", email: "u@x.test", tenantId: "t", tenantSlug: "t", tenantName: "T", role: "admin" };
const settings = {
  ...defaultRecoverySettings,
  quickRetryMs: 10,
  queueWaitMs: 20,
};

/** What a client has after a turn, and what it took. */
export interface Outcome {
  events: AGUIEvent[];
  messages: Message[];
  answer: string;
  code: string | undefined;
  /** The cities that the tool was run for. */
  looked: string[];
  /** Of the recoveries that were told, in order. */
  classes: FailureClass[];
}

export interface Asking {
  models: readonly [ChatModel, ...ChatModel[]];
  health?: ModelHealth;
  stopAfter?: (event: AGUIEvent) => boolean;
  slowTool?: boolean;
  history?: Message[];
  patienceMs?: number;
  deadlineMs?: number;
}

/** One question to a copilot with one tool, over HTTP, as the AG-UI client applies the answer. */
export async function askCopilot({
  models,
  health = createModelHealth(),
  stopAfter,
  slowTool = false,
  history = [],
  patienceMs = 10_000,
  deadlineMs = defaultRecoverySettings.deadlineMs,
}: Asking): Promise<Outcome> {
  const looked: string[] = [];
  const definition: CopilotDefinition = {
    id: "weather",
    description: "",
    begin: () => ({
      instructions: "Say what the weather is.",
      tools: {
        look: tool({
          description: "Looks at the sky of a city.",
          inputSchema: z.object({ city: z.string() }),
          execute: async ({ city }) => {
            looked.push(city);
            if (slowTool) await new Promise((resolve) => setTimeout(resolve, 20_000).unref());
            return { sky: "sunny" };
          },
        }),
      },
    }),
  };
  const copilot = new Copilot(definition, identity as RequestIdentity, {
    models: () => models,
    settings: { ...settings, deadlineMs, patience: { firstPartMs: patienceMs, nextPartMs: patienceMs } },
    health,
    meter: () => freeMeter,
    context: async ({ thread }) => RunContext.inMemory(thread),
  });
  const input = inputFor("thr_1", "How is the weather in Paris?");
  input.messages = [...history, ...input.messages];
  const events: AGUIEvent[] = [];
  const source = copilot.run(input);
  await new Promise<void>((resolve, reject) => {
    source.subscribe({
      next: (event) => {
        events.push(event as AGUIEvent);
        if (stopAfter?.(event as AGUIEvent)) setTimeout(() => copilot.abortRun());
      },
      error: reject,
      complete: resolve,
    });
  });
  await lastValueFrom(from(events as BaseEvent[]).pipe(verifyEvents(false), toArray()));
  const messages = await applied(events, input.messages);
  const last = events.at(-1) as { type: string; code?: string };
  return {
    events,
    messages,
    looked,
    answer: messages
      .flatMap(({ role, content }) => (role === "assistant" && typeof content === "string" && content ? [content] : []))
      .join(" / "),
    code: last.type === EventType.RUN_ERROR ? last.code : undefined,
    classes: noticesOf(events).flatMap((notice) => (notice.state === "recovering" ? [notice.class] : [])),
  };
}

/** What the published client makes of the events; the runner's own fold must agree. */
async function applied(events: AGUIEvent[], history: Message[]): Promise<Message[]> {
  class Playback extends AbstractAgent {
    run() {
      // The client changes the messages of a snapshot in place.
      return from(structuredClone(events) as BaseEvent[]);
    }
  }
  const client = new Playback({ initialMessages: structuredClone(history) });
  await client.runAgent().catch(() => {});
  const started = {
    type: EventType.RUN_STARTED,
    threadId: "",
    runId: "",
    input: inputFor("", undefined, { messages: history }),
  };
  const folded = messagesOf([started as AGUIEvent, ...events.slice(1)]);
  expect(client.messages).toEqual(folded);
  return client.messages;
}

function noticesOf(events: AGUIEvent[]) {
  return events.flatMap((event) =>
    event.type === EventType.CUSTOM && event.name === RECOVERY_EVENT ? [recoveryNoticeSchema.parse(event.value)] : [],
  );
}

export function receiptOf(messages: Message[]) {
  const found = messages.find((message) => message.role === "activity" && message.activityType === RECOVERY_ACTIVITY);
  return found ? recoveryReceiptSchema.parse(found.content) : null;
}

/** Every call has exactly one result, right behind it, and every result its call. */
export function expectNoDanglingCall(messages: Message[]): void {
  const calls = messages
    .flatMap((message) => (message.role === "assistant" ? (message.toolCalls ?? []) : []))
    .map(({ id }) => id);
  const results = messages.flatMap((message) => (message.role === "tool" ? [message.toolCallId] : []));
  expect(results).toEqual(calls);
}
