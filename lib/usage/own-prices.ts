import type { ToolPrices } from "@/contract/settings";
import { env } from "@/lib/env";
import { settingsOf } from "@/lib/settings/get-settings";
import type { OwnPrices } from "./prices";

/** Everything that goes before the list of prices, and what tools cost. */
export interface PricesInUse extends OwnPrices {
  tools?: ToolPrices;
}

/** The prices that a tenant's calls are counted by: its admins' own, then the operator's. */
export async function pricesOf(tenantId: string): Promise<PricesInUse> {
  const { priceOverrides, toolPrices } = await settingsOf(tenantId);
  const { MODEL_PRICES: installation, TOOL_PRICES } = env();
  return { tenant: priceOverrides, installation, tools: { ...TOOL_PRICES, ...toolPrices } };
}
