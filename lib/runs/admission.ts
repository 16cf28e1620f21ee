import { isInterruptExpired } from "@ag-ui/client";
import { type AGUIEvent, EventType, type Interrupt, type Message, type RunAgentInput } from "@ag-ui/core";
import { z } from "zod";
import { AppError, invalidRequest, threadBusy } from "@/lib/failures/app-error";
import { agentHistory, newMessages } from "./history";
import type { RunStatus } from "./store";

// Ids come from browsers and end up in keys, logs and events: printable, and not long.
const PLAIN_ID = /^[\x21-\x7e]{1,200}$/;
const id = z.string().regex(PLAIN_ID);
// Only the messages that are taken are parsed in full (history.ts); of the others id and role are enough.
const inputSchema = z.object({
  threadId: id,
  runId: id,
  parentRunId: id.optional(),
  state: z.unknown(),
  messages: z.array(z.object({ id, role: z.string() }).passthrough()).max(20_000),
  tools: z
    .array(z.object({ name: z.string(), description: z.string() }).passthrough())
    .max(500)
    .default([]),
  context: z
    .array(z.object({ description: z.string(), value: z.string() }))
    .max(500)
    .default([]),
  forwardedProps: z.unknown(),
  resume: z
    .array(
      z.object({
        interruptId: id,
        status: z.enum(["resolved", "cancelled"]),
        payload: z.unknown(),
        metadata: z.record(z.unknown()).optional(),
      }),
    )
    .max(100)
    .optional(),
});

/** True for what may be an id at all; Postgres text does not even take every string. */
export function isPlainId(value: unknown): value is string {
  return typeof value === "string" && PLAIN_ID.test(value);
}

/** The body of a run or connect request. Throws AppError invalid_request naming each field that is wrong. */
export function parseRunInput(body: unknown): RunAgentInput {
  const result = inputSchema.safeParse(body);
  if (result.success) return { ...result.data, state: result.data.state ?? undefined } as unknown as RunAgentInput;
  throw invalidRequest(
    "This is not a request for a run.",
    Object.fromEntries(result.error.issues.slice(0, 20).map((issue) => [issue.path.join("."), issue.message])),
  );
}

/** What is stored of a thread when somebody asks to run on it, read under its row lock. */
export interface StoredThread {
  last: { status: RunStatus; interrupts: Interrupt[] | null } | null;
  /** A run with this client run id has been on the thread. */
  runIdUsed: boolean;
  history: Message[];
}

export interface AdmittedInput {
  news: Message[];
  input: RunAgentInput;
  started: AGUIEvent;
}

/**
 * Decides whether a run may begin, and with what input.
 * Throws AppError thread_busy (409), run_replayed (409), interrupt_open (409), interrupt_closed (409), interrupt_expired (410),
 * invalid_request (a message that is none).
 */
export function admitInput(thread: StoredThread, sent: RunAgentInput, nowMs: number): AdmittedInput {
  if (thread.last?.status === "running") throw threadBusy();
  const resume = sent.resume ?? [];
  const interrupts = thread.last?.status === "waiting" ? (thread.last.interrupts ?? []) : [];
  if (resume.length > 0) checkResume(interrupts, resume, nowMs);
  else {
    if (thread.runIdUsed) {
      throw new AppError("run_replayed", "This message has been answered already. Reload to see the answer.", {
        status: 409,
      });
    }
    if (interrupts.some((interrupt) => !isInterruptExpired(interrupt, new Date(nowMs)))) {
      throw new AppError("interrupt_open", "This conversation waits for a decision. Answer that first.", {
        status: 409,
      });
    }
  }
  const news = acceptMessages(thread.history, sent.messages);
  const { messages: _sent, ...rest } = sent;
  const input = { ...rest, messages: agentHistory([...thread.history, ...news]) };
  const started: AGUIEvent = {
    type: EventType.RUN_STARTED,
    threadId: sent.threadId,
    runId: sent.runId,
    input: { ...rest, messages: news },
  };
  return { news, input, started };
}

/** AG-UI demands that a resume answers every open interrupt, and none that is not open. */
function checkResume(open: Interrupt[], resume: NonNullable<RunAgentInput["resume"]>, nowMs: number): void {
  const answered = new Set(resume.map((entry) => entry.interruptId));
  const closed = [...answered].filter((interruptId) => !open.some((interrupt) => interrupt.id === interruptId));
  if (open.length === 0 || closed.length > 0) {
    throw new AppError("interrupt_closed", "This has been decided already.", { status: 409 });
  }
  if (open.some((interrupt) => !answered.has(interrupt.id)) || answered.size !== resume.length) {
    throw invalidRequest("Every open decision must be answered, once.", {
      resume: "does not match the open interrupts",
    });
  }
  if (open.some((interrupt) => isInterruptExpired(interrupt, new Date(nowMs)))) {
    throw new AppError("interrupt_expired", "The time for this decision is over.", { status: 410 });
  }
}

function acceptMessages(history: readonly Message[], sent: readonly Message[]): Message[] {
  try {
    return newMessages(history, sent);
  } catch (error) {
    if (error instanceof z.ZodError)
      throw invalidRequest("A message is not valid.", { messages: error.issues[0]?.message ?? "" });
    throw error;
  }
}
