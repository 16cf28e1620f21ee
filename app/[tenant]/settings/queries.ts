import "server-only";
import { KNOWLEDGE_TOOLS } from "@/contract/knowledge";
import type { TenantSettings } from "@/contract/settings";
import { env } from "@/lib/env";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { listMembers, type Member } from "@/lib/gateway/list-members";
import { offeredModels } from "@/lib/models/registry";
import { getSettings } from "@/lib/settings/get-settings";
import { type BudgetStatus, listBudgets } from "@/lib/usage/budgets";
import { type Price, priceOf } from "@/lib/usage/prices";

export interface ShownModel {
  id: string;
  label: string;
  /** What a million tokens cost without prices of the tenant's own; null when nobody knows. */
  listed: Price | null;
}

export interface ShownTool {
  name: string;
  label: string;
  /** US dollars a call where the workspace does not say otherwise; null: nothing is charged. */
  installation: number | null;
}

export interface SettingsPageData {
  settings: TenantSettings;
  limits: BudgetStatus[];
  members: Member[];
  models: ShownModel[];
  tools: ShownTool[];
}

export async function settingsOfPage(identity: RequestIdentity): Promise<SettingsPageData> {
  const [settings, limits, members] = await Promise.all([
    getSettings(identity),
    listBudgets(identity),
    listMembers(identity),
  ]);
  const { MODEL_PRICES: installation, TOOL_PRICES = {}, FALLBACK_OPENAI_API_KEY, FALLBACK_OPENAI_MODEL } = env();
  const offered = offeredModels().map(({ provider, modelId, label }) => ({ provider, modelId, label }));
  const known = new Set(offered.map(({ modelId }) => modelId));
  const others = [...(FALLBACK_OPENAI_API_KEY && FALLBACK_OPENAI_MODEL ? [FALLBACK_OPENAI_MODEL] : [])]
    // A price of one's own stays in sight when its model is not offered any more.
    .concat(Object.keys(settings.priceOverrides))
    .filter((id) => !known.has(id));
  const all = [...offered, ...[...new Set(others)].map((id) => ({ provider: "openai", modelId: id, label: id }))];
  const labels: Record<string, string> = KNOWLEDGE_TOOLS;
  const tools = new Set([...Object.keys(labels), ...Object.keys(TOOL_PRICES), ...Object.keys(settings.toolPrices)]);
  return {
    settings,
    limits,
    members,
    models: all.map(({ provider, modelId, label }) => ({
      id: modelId,
      label,
      listed: priceOf({ provider, modelId }, { installation }),
    })),
    tools: [...tools].map((name) => ({
      name,
      label: (Object.hasOwn(labels, name) && labels[name]) || name,
      installation: (Object.hasOwn(TOOL_PRICES, name) && TOOL_PRICES[name]) || null,
    })),
  };
}

/** The ids of the models that people may be allowed: those that are asked first. */
export const offeredIds = (): string[] => offeredModels().map(({ modelId }) => modelId);
