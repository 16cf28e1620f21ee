// POST /agents/:name, the AG-UI endpoint: begins what the message or the properties ask for, answers questions, joins what runs.
import { type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/core";
import { QUESTION_ACTIVITY } from "@/contract/backend-actions";
import type { RunTokenClaims } from "@/contract/run-token";
import { newId } from "@/db/ids";
import type { AgentDefinition } from "../execution/agent-definition";
import type { Executor } from "../execution/executor";
import { followThread } from "../execution/follow-thread";
import type { GraphThread } from "../execution/graph-threads";
import { HttpError } from "../http-error";
import { type ActIntent, act } from "./act";
import { takeAnswer } from "./decide";

/** The events of this request. What it set going goes on without it. A refusal is a RUN_ERROR with its code. */
export async function* runAgent(
  executor: Executor,
  definition: AgentDefinition,
  claims: RunTokenClaims,
  input: RunAgentInput,
  signal: AbortSignal,
): AsyncGenerator<BaseEvent> {
  const ids = { threadId: input.threadId, runId: input.runId };
  try {
    const outcome = await begin(executor, definition, claims, input);
    if (typeof outcome === "string") yield* say(ids, outcome);
    else if ("kind" in outcome) yield* act({ executor, claims }, ids, outcome);
    else {
      const events = followThread(executor, outcome, ids, signal);
      yield* wantsWords(input.forwardedProps) ? inWords(executor, definition, outcome, ids, events) : events;
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    yield event(EventType.RUN_STARTED, ids);
    yield event(EventType.RUN_ERROR, { code: error.code, message: error.message });
  }
}

/** The thread to follow, an action, or words. */
async function begin(
  executor: Executor,
  definition: AgentDefinition,
  claims: RunTokenClaims,
  input: RunAgentInput,
): Promise<GraphThread | ActIntent | string> {
  const { tenant } = claims;
  const thread = await threadOf(executor, tenant, definition.id, input.threadId);
  if (input.resume?.length) return answer(executor, claims, thread, input.resume);
  const last = input.messages.at(-1);
  const message = last?.role === "user" && typeof last.content === "string" ? last.content : "";
  if (message === "" && thread && !hasProperties(input.forwardedProps)) return continued(executor, thread);
  const intent = await definition.understand(executor.work(tenant), message, input.forwardedProps);
  if (intent.kind === "say") return intent.text;
  if (intent.kind === "act") return intent;
  const id = await executor.threads.start(definition, {
    id: newId("thr"),
    tenantId: tenant,
    agent: definition.id,
    subject: intent.subject,
    conversationId: input.threadId,
    startedBy: claims.sub,
  });
  const started = id === null ? null : await executor.threads.get(tenant, id);
  if (!started) throw new HttpError(404, "not_found", `There is no ${intent.subject}.`);
  return continued(executor, started, input.runId);
}

async function answer(
  executor: Executor,
  claims: RunTokenClaims,
  thread: GraphThread | null,
  resume: NonNullable<RunAgentInput["resume"]>,
): Promise<GraphThread> {
  if (!thread) throw new HttpError(409, "no_open_interrupt", "There is nothing to answer here.");
  const ids = new Set(resume.map(({ interruptId }) => interruptId));
  const { interrupts } = await executor.stateOf(thread);
  const open = interrupts.filter(({ id }) => !ids.has(id));
  if (open.length > 0 && open.length < interrupts.length)
    throw new HttpError(409, "partial_resume", "All open questions have to be answered together.");
  for (const { interruptId, status, payload } of resume) {
    const given = status === "cancelled" ? { action: "cancel" } : payload;
    await takeAnswer(executor, claims, thread.id, interruptId, given).catch((error: unknown) => {
      if (error instanceof HttpError && error.status === 404)
        throw new HttpError(409, "unknown_interrupt", "There is no open question with this id.");
      throw error;
    });
  }
  return (await executor.threads.get(thread.tenantId, thread.id)) ?? thread;
}

/** The thread, running if there is anything to do. */
async function continued(executor: Executor, thread: GraphThread, runId?: string): Promise<GraphThread> {
  if (thread.wake || thread.status === "running") void executor.run(thread.tenantId, thread.id, runId);
  return thread;
}

/** A conversation's work has threads of its own; what a page began is addressed directly. */
async function threadOf(executor: Executor, tenantId: string, agent: string, id: string): Promise<GraphThread | null> {
  const found = (await executor.threads.ofConversation(tenantId, id)) ?? (await executor.threads.get(tenantId, id));
  return found?.agent === agent ? found : null;
}

function* say(ids: { threadId: string; runId: string }, text: string): Generator<BaseEvent> {
  const messageId = newId("msg");
  yield event(EventType.RUN_STARTED, ids);
  yield event(EventType.TEXT_MESSAGE_START, { messageId, role: "assistant" });
  yield event(EventType.TEXT_MESSAGE_CONTENT, { messageId, delta: text });
  yield event(EventType.TEXT_MESSAGE_END, { messageId });
  yield event(EventType.RUN_FINISHED, { ...ids, outcome: { type: "success" } });
}

/** Set by a chat beside a page that shows the questions itself: an open one must not hold up the conversation. */
const wantsWords = (properties: unknown) =>
  (properties as { questions?: unknown } | null | undefined)?.questions === "page";

/** The run as it is, but its end is told in words, and an open question is a message with its form instead of an interrupt. */
async function* inWords(
  executor: Executor,
  definition: AgentDefinition,
  thread: GraphThread,
  ids: { threadId: string; runId: string },
  events: AsyncIterable<BaseEvent>,
): AsyncGenerator<BaseEvent> {
  for await (const one of events) {
    if (one.type !== EventType.RUN_FINISHED) {
      yield one;
      continue;
    }
    const text = await definition.report(executor.work(thread.tenantId), thread.subject);
    const [, ...words] = say(ids, text);
    yield* words.slice(0, -1);
    const { outcome } = one as { outcome?: { interrupts?: { id: string }[] } };
    for (const { id } of outcome?.interrupts ?? []) {
      const content = { approvalId: id, subject: thread.subject };
      yield event(EventType.ACTIVITY_SNAPSHOT, { messageId: newId("msg"), activityType: QUESTION_ACTIVITY, content });
    }
    yield* words.slice(-1);
  }
}

function hasProperties(properties: unknown): boolean {
  return properties !== null && typeof properties === "object" && ("orderId" in properties || "batchId" in properties);
}

const event = (type: EventType, fields: object): BaseEvent => ({ type, ...fields }) as BaseEvent;
