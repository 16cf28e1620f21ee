"use client";

import { type FormEvent, useState } from "react";
import type { ToolPrices } from "@/contract/settings";
import { AmountField } from "./amount-field";
import type { ShownTool } from "./queries";
import { readAmount, writeAmount } from "./read-amount";
import { SaveBar } from "./save-bar";
import { useSavingSettings } from "./use-saving";

interface ToolPricesFormProps {
  tenant: string;
  tools: readonly ShownTool[];
  prices: ToolPrices;
  readOnly: boolean;
}

/** What one call of each tool costs beside the model's tokens, for tools that somebody charges for. */
export function ToolPricesForm({ tenant, tools, prices, readOnly }: ToolPricesFormProps) {
  const [written, setWritten] = useState<Record<string, string>>({});
  const { submit, saving, errors, message } = useSavingSettings(tenant, "Tool prices", () => setWritten({}));
  const shown = (name: string) => written[name] ?? writeAmount(Object.hasOwn(prices, name) ? prices[name] : null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const toolPrices: ToolPrices = {};
    for (const { name } of tools) {
      const amount = readAmount(shown(name));
      if (amount !== null) toolPrices[name] = amount;
    }
    submit({ toolPrices });
  };
  return (
    <form onSubmit={save} aria-label="Tool prices" className="flex flex-col gap-4 border-line border-t py-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {tools.map(({ name, label, installation }) => (
          <AmountField
            key={name}
            id={`tool-price-${name}`}
            label={label}
            value={shown(name)}
            placeholder={installation === null ? "Free" : writeAmount(installation)}
            unit="$ a call"
            error={errors[`toolPrices.${name}`]}
            disabled={readOnly}
            onChange={(text) => setWritten((before) => ({ ...before, [name]: text }))}
          />
        ))}
      </div>
      {readOnly ? null : <SaveBar label="Save tool prices" saving={saving} message={message} />}
    </form>
  );
}
