import { expect, test } from "vitest";
import { renderResults } from "./render";

test("objects of one shape are the rows of a table, single values a list, the rest a section", () => {
  const markdown = renderResults({
    retrieval: { questions: 215, byKind: { natural: { hitsAt5: 0.89812, mrr: 1 }, typo: { hitsAt5: 1, mrr: 0.5 } } },
  });
  expect(markdown).toContain(
    "## retrieval\n\n- questions: 215\n\n### by kind\n\n|  | hits at 5 | mrr |\n| --- | ---: | ---: |",
  );
  expect(markdown).toContain("| natural | 0.8981 | 1 |\n| typo | 1 | 0.5 |");
});

test("names in camel case are told in words, names in words as they are", () => {
  const markdown = renderResults({ runs: { loads: { "100 × 50, p95 of 2": { gapP95Ms: 1, cpuMsPer1000: 2 } } } });
  expect(markdown).toContain("|  | gap p95 ms | cpu ms per 1000 |");
  expect(markdown).toContain("| 100 × 50, p95 of 2 | 1 | 2 |");
});
