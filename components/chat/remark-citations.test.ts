import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { remarkCitations } from "./remark-citations";

function citedNumbers(markdown: string): number[] {
  const tree = fromMarkdown(markdown);
  remarkCitations()(tree);
  const found: number[] = [];
  const walk = (node: unknown) => {
    const { data, children } = node as {
      data?: { hName?: string; hProperties?: { dataN: number } };
      children?: unknown[];
    };
    if (data?.hName === "cite" && data.hProperties) found.push(data.hProperties.dataN);
    children?.forEach(walk);
  };
  walk(tree);
  return found;
}

describe("remarkCitations", () => {
  it("finds single, adjacent and listed numbers, inside emphasis and lists too", () => {
    expect(citedNumbers("Thirty days [1] from delivery [2][3].")).toEqual([1, 2, 3]);
    expect(citedNumbers("Both say so [1, 4].")).toEqual([1, 4]);
    expect(citedNumbers("- **Really** [2]\n- *yes [5]*")).toEqual([2, 5]);
  });

  it("leaves code and other brackets alone", () => {
    expect(citedNumbers("`rows[1]` and\n\n```\nlist[2]\n```")).toEqual([]);
    expect(citedNumbers("[see here] and [x1]")).toEqual([]);
  });

  it("keeps the words around a number", () => {
    const tree = fromMarkdown("before [1] after");
    remarkCitations()(tree);
    expect(JSON.stringify(tree)).toContain('"value":"before "');
    expect(JSON.stringify(tree)).toContain('"value":" after"');
  });
});
