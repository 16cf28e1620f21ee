/** What a token costs, with the date and the place where it was read. Used for every cost that is shown, stored or limited. */
import type { PriceOverrides, ToolPrices } from "@/contract/settings";
import type { CallUsage } from "@/lib/models/call-meter";

export interface Price {
  /** US dollars per million tokens. */
  input: number;
  cachedInput: number;
  output: number;
  /** Of the part of the output that nobody reads. */
  reasoning: number;
  asOf: string;
  source: string;
}

// The month for which each was last seen quoted from there; check before you rely on one, and override what changed.
const OPENAI = { asOf: "2026-06", source: "https://platform.openai.com/docs/pricing" };
const EARLIER = { ...OPENAI, asOf: "2026-03" };
const price = (input: number, cachedInput: number, output: number, read = EARLIER): Price => ({
  input,
  cachedInput,
  output,
  reasoning: output,
  ...read,
});

// By model, the longer name first where one begins like another. Gateways charge their own prices: override them.
const LISTED: [string, Price][] = [
  ["gpt-5.5-pro", price(30, 30, 180, OPENAI)],
  ["gpt-5.5", price(5, 0.5, 30, OPENAI)],
  ["gpt-5.4-pro", price(30, 30, 180, OPENAI)],
  ["gpt-5.4-mini", price(0.75, 0.075, 4.5, OPENAI)],
  ["gpt-5.4-nano", price(0.2, 0.02, 1.25, OPENAI)],
  ["gpt-5.4", price(2.5, 0.25, 15, OPENAI)],
  ["gpt-5-pro", price(15, 15, 120)],
  ["gpt-5-mini", price(0.25, 0.025, 2)],
  ["gpt-5-nano", price(0.05, 0.005, 0.4)],
  ["gpt-5", price(1.25, 0.125, 10)],
  ["gpt-4.1-mini", price(0.4, 0.1, 1.6)],
  ["gpt-4.1-nano", price(0.1, 0.025, 0.4)],
  ["gpt-4.1", price(2, 0.5, 8)],
  ["gpt-4o-mini", price(0.15, 0.075, 0.6)],
  ["gpt-4o", price(2.5, 1.25, 10)],
  ["o4-mini", price(1.1, 0.275, 4.4)],
  ["o3-mini", price(1.1, 0.55, 4.4)],
  ["o3", price(2, 0.5, 8)],
  ["gpt-4-turbo", price(10, 10, 30)],
  ["gpt-3.5-turbo", price(0.5, 0.5, 1.5)],
];

const FREE: Price = {
  input: 0,
  cachedInput: 0,
  output: 0,
  reasoning: 0,
  asOf: "always",
  source: "runs in this process",
};

/** What goes before the list, first to last: what the tenant's admins set, and what the operator did. */
export interface OwnPrices {
  tenant?: PriceOverrides;
  installation?: PriceOverrides;
}

/** The price of a model, or null when none is known: then its cost is not shown as nothing, but as unknown. */
export function priceOf(
  { provider, modelId }: { provider: string; modelId: string },
  { tenant = {}, installation = {} }: OwnPrices = {},
): Price | null {
  const own = ownPrice(modelId, tenant, "this workspace") ?? ownPrice(modelId, installation, "MODEL_PRICES");
  if (own) return own;
  if (provider === "flightdeck") return FREE;
  const name = modelId.toLowerCase().replace(/^.*\//, "");
  // Dated versions cost what their name does: gpt-4o-2024-08-06. Another suffix is another model.
  return LISTED.find(([listed]) => name === listed || isVersionOf(name, listed))?.[1] ?? null;
}

function ownPrice(modelId: string, prices: PriceOverrides, source: string): Price | null {
  const own = Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
  if (!own) return null;
  const { input, cachedInput = input, output, reasoning = output } = own;
  return { input, cachedInput, output, reasoning, asOf: "configured", source };
}

function isVersionOf(name: string, listed: string): boolean {
  return name.startsWith(listed) && /^-(\d{4}-\d{2}-\d{2}|\d{4}|latest|chat-latest)$/.test(name.slice(listed.length));
}

/** Millionths of a US dollar, rounded up: a dollar per million tokens is one of them per token. */
export function costMicroUsd({ input, cachedInput, output, reasoning }: Price, usage: CallUsage): number {
  const cached = Math.min(usage.cachedTokens, usage.inputTokens);
  const unread = Math.min(usage.reasoningTokens, usage.outputTokens);
  return Math.ceil(
    (usage.inputTokens - cached) * input +
      cached * cachedInput +
      (usage.outputTokens - unread) * output +
      unread * reasoning,
  );
}

/** What the tools that were called cost by themselves, in millionths of a US dollar. */
export function toolMicroUsd(called: readonly string[] = [], prices: ToolPrices = {}): number {
  const usd = called.reduce((sum, name) => sum + (Object.hasOwn(prices, name) ? (prices[name] ?? 0) : 0), 0);
  // Sums of tenths are not exact, and a millionth too much would be counted for them.
  return Math.round(usd * 1_000_000);
}
