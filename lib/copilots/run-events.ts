/** What a run says of itself beside its answer: how full the window is, what it came to, which limit is near. */
import { type AGUIEvent, EventType, type TokenUsage } from "@ag-ui/client";
import {
  BUDGET_EVENT,
  type BudgetNotice,
  CONTEXT_COMPACTED_EVENT,
  type ContextCompacted,
  TOKEN_UPDATE_EVENT,
  type TokenUpdate,
} from "@/contract/usage";
import type { CallUsage } from "@/lib/models/call-meter";
import type { ChatModel } from "@/lib/models/registry";
import type { BudgetWarning } from "@/lib/usage/ledger";

export function compactedEvent(value: ContextCompacted): AGUIEvent {
  return { type: EventType.CUSTOM, name: CONTEXT_COMPACTED_EVENT, value };
}

export function meterEvent(value: TokenUpdate): AGUIEvent {
  return { type: EventType.CUSTOM, name: TOKEN_UPDATE_EVENT, value };
}

export function budgetNotice({ period, scope }: BudgetWarning): AGUIEvent {
  const whose = scope === "tenant" ? "Your organisation" : "You";
  const has = scope === "tenant" ? "has" : "have";
  const message = `${whose} ${has} used most of the allowance for ${period === "day" ? "today" : "this month"}.`;
  const value: BudgetNotice = { period, scope, message };
  return { type: EventType.CUSTOM, name: BUDGET_EVENT, value };
}

export function tokenUsage({ model, usage }: { model: ChatModel; usage: CallUsage }): TokenUsage {
  const { inputTokens, outputTokens, reasoningTokens, cachedTokens: cachedInputTokens } = usage;
  const totalTokens = inputTokens + outputTokens;
  const { provider, modelId } = model;
  return { provider, model: modelId, inputTokens, outputTokens, totalTokens, reasoningTokens, cachedInputTokens };
}
