import type { Message } from "@ag-ui/core";
import type { TokenUpdate } from "@/contract/usage";
import type { CallUsage } from "@/lib/models/call-meter";
import type { ChatModel } from "@/lib/models/registry";
import type { WindowPrompt } from "./context-window";

export interface MeterReading {
  model: ChatModel;
  prompt: WindowPrompt;
  /** What the provider counted, once it has. */
  usage: CallUsage | null;
  /** Of the run so far; null without a price. */
  costUsd: number | null;
  /** The thread, for the place where it was condensed. */
  thread: readonly Message[];
}

/** What the context meter shows. The parts are our estimate, scaled to the sum that the provider counted. */
export function tokenUpdate({ model, prompt, usage, costUsd, thread }: MeterReading): TokenUpdate {
  const { contextWindow, fill } = prompt;
  const input = usage?.inputTokens ?? prompt.inputTokens;
  const used = input + (usage?.outputTokens ?? 0);
  const scale = prompt.inputTokens > 0 ? input / prompt.inputTokens : 1;
  const scaled = (tokens: number) => Math.round(tokens * scale);
  return {
    tokens_used: used,
    tokens_remaining: Math.max(0, contextWindow - used),
    context_window: contextWindow,
    context_utilization: Math.min(1, used / contextWindow),
    estimated_cost_usd: costUsd,
    cached_tokens: usage?.cachedTokens ?? 0,
    reasoning_tokens: usage?.reasoningTokens ?? 0,
    measured: usage?.measured ?? false,
    model: model.label,
    breakdown: {
      system: scaled(fill.system),
      history: scaled(fill.history) + (usage?.outputTokens ?? 0),
      documents: scaled(fill.documents),
      tools: scaled(fill.tools),
      summary: scaled(fill.summary),
    },
    compacted: compactedPart(thread, prompt.condensedTurns),
  };
}

/** The messages of the first turns, as the thread shows them: up to the last one before the next question. */
export function compactedPart(thread: readonly Message[], turns: number): TokenUpdate["compacted"] {
  if (turns === 0) return { messages: 0, throughMessageId: null };
  let begun = 0;
  let end = 0;
  for (let at = 0; at < thread.length; at++) {
    // Questions one after another are one turn.
    if (thread[at]?.role === "user" && thread[at - 1]?.role !== "user" && ++begun > turns) break;
    end = at + 1;
  }
  return { messages: end, throughMessageId: thread[end - 1]?.id ?? null };
}
