"use client";

import { type FormEvent, useState } from "react";
import { Input } from "@/components/ui/input";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { PriceOverrides } from "@/contract/settings";
import type { ShownModel } from "./queries";
import { readAmount, writeAmount } from "./read-amount";
import { SaveBar } from "./save-bar";
import { useSavingSettings } from "./use-saving";

const PARTS = [
  { part: "input", label: "Input" },
  { part: "cachedInput", label: "Cached" },
  { part: "output", label: "Output" },
  { part: "reasoning", label: "Reasoning" },
] as const;

interface PricesFormProps {
  tenant: string;
  models: readonly ShownModel[];
  overrides: PriceOverrides;
  readOnly: boolean;
}

/** What a million tokens of each model cost: the listed price in grey, and over it the workspace's own. */
export function PricesForm({ tenant, models, overrides, readOnly }: PricesFormProps) {
  const [written, setWritten] = useState<Record<string, string>>({});
  const { submit, saving, errors, message } = useSavingSettings(tenant, "Prices", () => setWritten({}));
  const own = (id: string) => (Object.hasOwn(overrides, id) ? overrides[id] : undefined);
  const shown = (id: string, part: (typeof PARTS)[number]["part"]) =>
    written[`${id}.${part}`] ?? writeAmount(own(id)?.[part]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const prices = models.map(({ id }) => {
      const filled = PARTS.map(({ part }) => [part, readAmount(shown(id, part))] as const);
      return [id, Object.fromEntries(filled.filter(([, amount]) => amount !== null))] as const;
    });
    const filled = Object.fromEntries(prices.filter(([, price]) => Object.keys(price).length > 0));
    // A price with a part missing is for the server to refuse, by the name of that part.
    submit({ priceOverrides: filled as PriceOverrides });
  };
  const problems = models.flatMap(({ id, label }) =>
    PARTS.flatMap(({ part, label: column }) => {
      const error = errors[`priceOverrides.${id}.${part}`];
      return error ? [`${label}, ${column.toLowerCase()}: ${error}.`] : [];
    }),
  );
  return (
    <form onSubmit={save} aria-label="Prices" className="flex flex-col gap-3 border-line border-t py-4">
      <ScrollRegion label="Prices of models">
        <table className="w-full min-w-[640px] text-sm">
          <thead>
            <tr className="text-left text-ink-muted text-xs">
              <th scope="col" className="py-1 pr-3 font-medium">
                Model
              </th>
              {PARTS.map(({ part, label }) => (
                <th key={part} scope="col" className="w-28 py-1 pr-2 font-medium">
                  {label}
                </th>
              ))}
              <th scope="col" className="py-1 font-medium">
                Listed price
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map(({ id, label, listed }) => (
              <tr key={id} className="border-line border-t">
                <th scope="row" className="max-w-44 truncate py-1.5 pr-3 text-left font-normal" title={id}>
                  {label}
                </th>
                {PARTS.map(({ part, label: column }) => (
                  <td key={part} className="py-1.5 pr-2">
                    <Input
                      aria-label={`${label}, ${column.toLowerCase()}`}
                      inputMode="decimal"
                      autoComplete="off"
                      className="tabular-nums"
                      value={shown(id, part)}
                      placeholder={listed ? writeAmount(listed[part]) : ""}
                      disabled={readOnly}
                      aria-invalid={errors[`priceOverrides.${id}.${part}`] ? true : undefined}
                      onChange={(event) => setWritten((was) => ({ ...was, [`${id}.${part}`]: event.target.value }))}
                    />
                  </td>
                ))}
                <td className="py-1.5 text-ink-muted text-xs">
                  {listed ? (
                    <ListedSource asOf={listed.asOf} source={listed.source} />
                  ) : (
                    "Not known: cost shows as unknown"
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {problems.map((problem) => (
        <p key={problem} className="text-failure text-sm">
          {problem}
        </p>
      ))}
      {readOnly ? null : <SaveBar label="Save prices" saving={saving} message={message} />}
    </form>
  );
}

function ListedSource({ asOf, source }: { asOf: string; source: string }) {
  if (!source.startsWith("https://")) return `${source} (${asOf})`;
  return (
    <a href={source} rel="noreferrer" target="_blank" className="text-accent underline underline-offset-2">
      {new URL(source).host}, {asOf}
    </a>
  );
}
