import type { Doors } from "@/db/with-tenant";
import type { CallMeter, CallUsage, OpenCall } from "@/lib/models/call-meter";
import type { ChatModel } from "@/lib/models/registry";
import { log } from "@/lib/telemetry/log";
import {
  type BudgetWarning,
  type Reservation,
  reserveSpend,
  type SettledCall,
  type Spender,
  settleSpend,
} from "./ledger";
import type { PricesInUse } from "./own-prices";
import { costMicroUsd, type Price, priceOf, toolMicroUsd } from "./prices";

/** Which run the calls are made for. */
export interface MeteredRun extends Spender {
  threadId: string;
  runId: string;
  agent: string;
}

export interface RunMeterParts {
  doors: Pick<Doors, "withRunner">;
  /** Read before every call: they may have been changed since the last one. */
  prices?: () => Promise<PricesInUse>;
  /** Called once for each soft limit that is passed. */
  onWarning?: (warning: BudgetWarning) => void;
}

/** What an answer may come to while a limit applies: reserved for each call, and given to the model as its limit. */
export const OUTPUT_TOKENS_RESERVED = 16_384;
/** Where less than that is left of a limit, the answer may be as long as what is left pays for, but a shorter one is not begun. */
const OUTPUT_TOKENS_LEAST = 512;

/** Counts every model call of a run in the database, and keeps them within the budgets of the tenant and the member. */
export function createRunMeter(run: MeteredRun, { doors, prices, onWarning }: RunMeterParts): CallMeter {
  const warned = new Set<string>();
  return {
    async open({ model, inputTokens }): Promise<OpenCall> {
      const own = (await prices?.()) ?? {};
      const price = priceOf(model, own);
      const { tenantId, userId } = run;
      const costOf = (outputTokens: number) => (price ? mostOf(price, inputTokens, outputTokens) : 0);
      const [most, least] = [costOf(OUTPUT_TOKENS_RESERVED), costOf(OUTPUT_TOKENS_LEAST)];
      const reservation = await reserveSpend(doors, { tenantId, userId }, most, undefined, least);
      for (const warning of reservation.warnings) {
        const key = `${warning.scope} ${warning.period}`;
        if (!warned.has(key)) onWarning?.(warning);
        warned.add(key);
      }
      return {
        ...(reservation.grantedMicroUsd !== null && {
          maxOutputTokens: outputTokensFor(reservation.grantedMicroUsd - costOf(0), price),
        }),
        close: async (usage) => {
          const cost = price ? costMicroUsd(price, usage) + toolMicroUsd(usage.toolCalls, own.tools) : null;
          await settle(doors, reservation, settledCall(run, model, usage, cost));
          return cost === null ? null : cost / 1_000_000;
        },
      };
    },
  };
}

/** The most that a call may come to: nothing is cached, and the dearer of what an answer is made of. */
function mostOf(price: Price, inputTokens: number, outputTokens: number): number {
  const reasoningTokens = price.reasoning > price.output ? outputTokens : 0;
  const input = price.cachedInput > price.input ? inputTokens : 0;
  return costMicroUsd(price, { inputTokens, outputTokens, cachedTokens: input, reasoningTokens, measured: false });
}

function outputTokensFor(microUsd: number, price: Price | null): number {
  const each = price ? Math.max(price.output, price.reasoning) : 0;
  return each === 0 ? OUTPUT_TOKENS_RESERVED : Math.min(OUTPUT_TOKENS_RESERVED, Math.floor(microUsd / each));
}

function settledCall(
  run: MeteredRun,
  model: ChatModel,
  { toolCalls: _, ...usage }: CallUsage,
  cost: number | null,
): SettledCall {
  return { ...run, provider: model.provider, model: model.modelId, ...usage, costMicroUsd: cost };
}

async function settle(doors: RunMeterParts["doors"], reservation: Reservation, call: SettledCall): Promise<void> {
  try {
    await settleSpend(doors, reservation.id, call);
  } catch (error) {
    // The answer is there and paid for: it must not be lost because it could not be counted. The line has all that is needed to.
    log.error({ event: "usage.not_counted", ...call, err: error });
  }
}
