import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BudgetBars } from "./budget-bars";
import { DayChart } from "./day-chart";
import { formatUsd } from "./format-usd";
import { UsageTable } from "./usage-table";

const sum = { calls: 2, inputTokens: 100, outputTokens: 20, cachedTokens: 0, reasoningTokens: 0 };

test("the chart of days says in words what it shows, and has every day as a table", () => {
  const days = [
    { day: "2026-03-01", value: 0 },
    { day: "2026-03-02", value: 1.5 },
  ];
  const html = renderToStaticMarkup(<DayChart title="Cost by day" days={days} format={formatUsd} />);
  expect(html).toContain('aria-label="Cost by day, 2026-03-01 to 2026-03-02: most on 2026-03-02 with $1.50.');
  expect(html.match(/<tr/g)).toHaveLength(3);
  const nothing = renderToStaticMarkup(<DayChart title="Cost by day" days={days.slice(0, 1)} format={formatUsd} />);
  expect(nothing).toContain("nothing yet");
  expect(nothing).not.toContain("NaN");
});

test("a cost that is not known is not shown as none", () => {
  const rows = [
    { ...sum, name: "gpt-4o", costUsd: 3, unpricedCalls: 0 },
    { ...sum, name: "llama-4", costUsd: 0, unpricedCalls: 2 },
    { ...sum, name: "both", costUsd: 0.5, unpricedCalls: 1 },
  ];
  const html = renderToStaticMarkup(<UsageTable title="Model" rows={rows} measure={({ costUsd }) => costUsd} />);
  expect([...html.matchAll(/tabular-nums">([^<]*)<\/td><\/tr>/g)].map(([, cost]) => cost)).toEqual([
    "$3.00",
    "Unknown",
    "$0.50 or more",
  ]);
});

test("a limit that is near or used up says so in words, and what is not the reader's to see is not shown", () => {
  const limit = { name: "You", period: "day", softUsd: 1, hardUsd: 2 } as const;
  const wordsOf = (spentUsd: number | null) => renderToStaticMarkup(<BudgetBars budgets={[{ ...limit, spentUsd }]} />);
  expect(wordsOf(0.5)).not.toMatch(/Past the warning|Used up/);
  expect(wordsOf(1)).toContain("Past the warning");
  expect(wordsOf(2)).toContain("Used up");
  expect(wordsOf(null)).not.toContain("spent");
});
