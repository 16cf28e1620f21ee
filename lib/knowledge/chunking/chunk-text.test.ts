import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunkText } from "./chunk-text";

const SENTENCE = "The pump is checked each morning before the first shift begins its work. ";

describe("chunkText", () => {
  it("starts a chunk at each heading and remembers the path", () => {
    const chunks = chunkText(
      "# Guide\n\nHello.\n\n## Setup\n\nPlug it in.\n\n### Cables\n\nUse two.\n\n## Use\n\nPress start.",
    );
    expect(chunks.map(({ heading, text }) => [heading, text])).toEqual([
      ["Guide", "# Guide\n\nHello."],
      ["Guide › Setup", "## Setup\n\nPlug it in."],
      ["Guide › Setup › Cables", "### Cables\n\nUse two."],
      ["Guide › Use", "## Use\n\nPress start."],
    ]);
  });

  it("leaves the document's own title out of the path", () => {
    expect(chunkText("# Guide\n\n## Setup\n\nPlug it in.", "Guide")[0]?.heading).toBe("Setup");
  });

  it("keeps a heading with what it heads", () => {
    expect(chunkText("# One\n\n## Two\n\nText.")).toHaveLength(1);
  });

  it("keeps a table and a list whole although they are longer than a usual chunk", () => {
    const table = [
      "| Part | Price |",
      "| --- | --- |",
      ...Array.from({ length: 60 }, (_, i) => `| ACP-${1000 + i} | ${i} EUR, each |`),
    ].join("\n");
    const list = Array.from({ length: 40 }, (_, i) => `- Item number ${i} of the long list of tools`).join("\n");
    expect(table.length).toBeGreaterThan(1_500);
    const chunks = chunkText(`# Parts\n\n${SENTENCE.repeat(10)}\n\n${table}\n\n## Tools\n\n${list}`);
    expect(chunks.some(({ text }) => text.includes(table))).toBe(true);
    expect(chunks.some(({ text }) => text.includes(list))).toBe(true);
  });

  it("splits a table that is far too long between rows and names its columns in the heading", () => {
    const rows = Array.from({ length: 400 }, (_, i) => `| ACP-${1000 + i} | ${i} EUR |`);
    const chunks = chunkText(["## Prices", "", "| Part | Price |", "| --- | --- |", ...rows].join("\n"));
    expect(chunks.length).toBeGreaterThan(4);
    for (const { text } of chunks.slice(1))
      for (const line of text.split("\n")) expect(line).toMatch(/^\| ACP-\d+ \| \d+ EUR \|$/);
    expect(chunks.at(-1)?.heading).toBe("Prices › Part | Price");
  });

  it("keeps the line that announces a list with the list", () => {
    const list = Array.from({ length: 12 }, (_, i) => `- a wrench of size ${i}`).join("\n");
    const chunks = chunkText(`${SENTENCE.repeat(14)}\n\nYou need:\n\n${list}`);
    expect(chunks.at(-1)?.text).toBe(`You need:\n\n${list}`);
  });

  it("splits a long paragraph after sentences", () => {
    const chunks = chunkText(SENTENCE.repeat(60));
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text } of chunks) expect(text.endsWith("work.")).toBe(true);
  });

  const markdown = fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom(
        "# A",
        "## B ##",
        "- item",
        "  more",
        "| a | b |",
        "| --- | --- |",
        "```",
        "Title\n=====",
        "",
        "1. one",
        "CAPITALS",
        "😀".repeat(900),
        "x".repeat(3_000),
        SENTENCE.repeat(20),
      ),
    ),
    { maxLength: 40 },
  );

  it("cuts exact, ordered stretches that leave out nothing but white space and break no character", () => {
    fc.assert(
      fc.property(markdown, (lines) => {
        const text = lines.join("\n").toWellFormed();
        let end = 0;
        let left = "";
        for (const chunk of chunkText(text)) {
          expect(chunk.text).toBe(text.slice(chunk.startChar, chunk.endChar));
          expect(chunk.startChar).toBeGreaterThanOrEqual(end);
          expect(chunk.text.isWellFormed()).toBe(true);
          expect(chunk.heading.isWellFormed()).toBe(true);
          expect(chunk.text.trim()).not.toBe("");
          expect(chunk.text.length).toBeLessThanOrEqual(2_400);
          left += text.slice(end, chunk.startChar);
          end = chunk.endChar;
        }
        expect((left + text.slice(end)).trim()).toBe("");
      }),
      { numRuns: 500 },
    );
  });

  it("stays linear on hostile lines", () => {
    const start = performance.now();
    chunkText(`# ${" #".repeat(300_000)}`);
    chunkText(" ".repeat(1_000_000));
    chunkText("|".repeat(500_000));
    chunkText(`${"- a\n".repeat(200_000)}`);
    chunkText(`x\n`.repeat(300_000));
    expect(performance.now() - start).toBeLessThan(25_000);
  });
});
