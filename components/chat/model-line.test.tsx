import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { TokenUpdate } from "@/contract/usage";
import { ChatContextProvider, type ChatContextValue } from "./chat-context";
import { ChatSession } from "./chat-session";
import { ContextParts } from "./context-parts";
import { ModelLine } from "./model-line";
import { PageContextLine } from "./page-context-line";

type SessionConfig = ConstructorParameters<typeof ChatSession>[0];

function textOf(element: ReactElement, value: object): string {
  const session = new ChatSession({ draftScope: "ada" } as SessionConfig);
  const html = renderToStaticMarkup(
    createElement(ChatContextProvider, { value: { session, ...value } as unknown as ChatContextValue }, element),
  );
  return html
    .replace(/<[^>]*aria-label="([^"]*)"[^>]*>/g, "[$1] ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const choices = [
  { id: "gpt-5-mini", label: "gpt-5-mini" },
  { id: "gpt-5-nano", label: "gpt-5-nano" },
];

test("the model can be chosen where there is more than one, and is only named where there is not", () => {
  const model = { label: "gpt-5-mini", offline: false };
  const named = (more: object, chosenModel?: string) =>
    textOf(<ModelLine />, { model: { ...model, ...more }, chosenModel });
  expect(named({ choices }, "gpt-5-nano")).toBe("[Model: gpt-5-nano] gpt-5-nano");
  expect(named({ choices: [] })).toBe("gpt-5-mini");
  expect(named({ choices: choices.slice(0, 1) }, "gpt-5-mini")).toBe("gpt-5-mini");
});

test("the offline model says that it is one, with the way to another", () => {
  const line = textOf(<ModelLine />, { model: { label: "Offline model", offline: true, choices }, chosenModel: "x" });
  expect(line).toBe("Offline model Connect a model");
});

const meter: TokenUpdate = {
  tokens_used: 12_000,
  tokens_remaining: 20_768,
  context_window: 32_768,
  context_utilization: 0.366,
  estimated_cost_usd: 0.0123,
  cached_tokens: 4_000,
  reasoning_tokens: 321,
  breakdown: { system: 1_000, tools: 500, summary: 700, history: 6_800, documents: 3_000 },
  compacted: { messages: 14, throughMessageId: "msg_14" },
  model: "gpt-5-mini",
  measured: true,
};

test("the meter, opened, says what is used and left, what fills the window, what was cached and thought, and the price", () => {
  expect(textOf(<ContextParts meter={meter} />, {})).toBe(
    "12,000 of 32,768 tokens · 20,768 left " +
      "Instructions 1,000 Tools 500 Condensed messages 700 Conversation 6,800 Documents read 3,000 " +
      "Read from the provider&#x27;s cache 4,000 Spent on reasoning 321 Cost of this answer $0.0123 " +
      "Counted by the provider of gpt-5-mini. The oldest 14 messages are read in condensed form.",
  );
});

test("the meter says what it only estimates, what has no price, and leaves out what fills nothing", () => {
  const breakdown = { ...meter.breakdown, summary: 0, documents: 0 };
  const compacted = { ...meter.compacted, messages: 0 };
  const text = textOf(
    <ContextParts meter={{ ...meter, breakdown, compacted, measured: false, estimated_cost_usd: null }} />,
    {},
  );
  expect(text).toContain("Estimated for gpt-5-mini.");
  expect(text).toContain("Cost of this answer no price known");
  expect(text).not.toMatch(/Condensed|condensed|Documents read/);
});

test("what of the page goes along with a question is shown, and nothing where nothing does", () => {
  expect(textOf(<PageContextLine />, { pageContextLabel: "“Returns policy” is open" })).toBe(
    "The assistant is told: “Returns policy” is open",
  );
  expect(textOf(<PageContextLine />, {})).toBe("");
});
