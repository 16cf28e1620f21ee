import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ChatContextProvider, type ChatContextValue } from "./chat-context";
import { CitationQuote } from "./citation-quote";
import { PassageList } from "./passage-list";
import { plainExcerpt, withoutMarks } from "./plain-text";

describe("plainExcerpt", () => {
  it.each([
    ["a heading", "## Refunds ##\n\nWithin 14 days.", "Refunds: Within 14 days."],
    ["a heading that asks", "### May I extend it?\nNo.", "May I extend it? No."],
    ["emphasis", "The **24 months** are *firm*, __truly__ _so_, ~~not~~.", "The 24 months are firm, truly so, not."],
    ["emphasis in emphasis", "**Only *with* a card**", "Only with a card"],
    ["lists", "- one\n* two\n  + [x] three\n1. four", "one two three 1. four"],
    [
      "links",
      'See [the *terms*](https://acme.test/a_(b) "Terms") or <https://acme.test>.',
      "See the terms or https://acme.test.",
    ],
    ["images", "![The arm](arm.png) at rest", "The arm at rest"],
    ["tables", "| Plan | Price |\n|---|:--:|\n| **Basic** | |\n| a \\| b | 5 |", "Plan · Price Basic a | b · 5"],
    ["quotes and rules", "> > Stop.\n\n---\n\n* * *\nGo.", "Stop. Go."],
    ["an underlined heading", "Safety\n======\nFirst.", "Safety First."],
    [
      "code",
      "Run `linkctl **all**`:\n\n```sh\n# not a heading\n*.log\n```",
      "Run linkctl **all**: # not a heading *.log",
    ],
    ["escapes", "5 \\* 3 \\_x\\_", "5 * 3 _x_"],
    [
      "what only looks like marks",
      "snake_case_name, 2 * 3 * 4, a|b, C#, #12, -5 °C",
      "snake_case_name, 2 * 3 * 4, a|b, C#, #12, -5 °C",
    ],
    ["what is not closed", "**open, `code, [label](", "**open, `code, [label]("],
    ["nothing", " \n\n", ""],
  ])("shows %s as it reads", (_, markdown, plain) => expect(plainExcerpt(markdown)).toBe(plain));

  it("ends when there is enough", () => {
    const text = plainExcerpt("A sentence of some words.\n".repeat(1_000));
    expect(text.length).toBeGreaterThan(400);
    expect(text.length).toBeLessThan(500);
  });
});

it("takes the marks of a heading away", () => expect(withoutMarks("Keys › **Lost** `key`")).toBe("Keys › Lost key"));

it("is what a list of passages shows", () => {
  const passage = {
    ...{
      n: 1,
      documentId: "d",
      chunkId: "c",
      title: "Terms",
      heading: "The `AR-12`",
      text: "## Time\n\n- **24 months**",
    },
    ...{ position: 0, version: 1, startChar: 0, endChar: 24 },
  };
  const value = { citationHref: () => "/d" } as unknown as ChatContextValue;
  const list = createElement(PassageList, { passages: [passage] });
  const html = renderToStaticMarkup(createElement(ChatContextProvider, { value }, list));
  expect(html).toContain("The AR-12<");
  expect(html).toContain(">Time: 24 months<");
});

it("is what the card of a citation quotes, line for line", () => {
  const citation = {
    ...{
      n: 1,
      documentId: "d",
      chunkId: "c",
      title: "Terms",
      heading: "The `AR-12`",
      quote: "- **24 months**\n- or *less*",
    },
    ...{ position: 0, version: 1, startChar: 0, endChar: 24 },
  };
  const html = renderToStaticMarkup(createElement(CitationQuote, { citation }));
  expect(html).toContain(">The AR-12<");
  expect(html).toContain(">24 months\nor less<");
});
