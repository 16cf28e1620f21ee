import type { ModelMessage } from "ai";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PromptRequest } from "@/lib/models/call-meter";
import type { ChatModel } from "@/lib/models/registry";
import { splitTurns } from "./condense";
import { ContextWindow, defaultContextSettings } from "./context-window";
import { TokenCounter } from "./token-counter";

const WINDOW = 8_000;
const model = { provider: "test", modelId: "gpt-4o", label: "m", offline: false } as ChatModel;
const request = (messages: ModelMessage[], pressure: PromptRequest["pressure"] = 0): PromptRequest => ({
  model,
  instructions: "Help with orders.",
  messages,
  tools: {},
  pressure,
});
const windowFor = () => new ContextWindow(null, defaultContextSettings, () => WINDOW);

const user = (content: string): ModelMessage => ({ role: "user", content });
const assistant = (content: string): ModelMessage => ({ role: "assistant", content });
const lookup = (id: string, result: string): ModelMessage[] => [
  { role: "assistant", content: [{ type: "tool-call", toolCallId: id, toolName: "find_order", input: { id } }] },
  {
    role: "tool",
    content: [{ type: "tool-result", toolCallId: id, toolName: "find_order", output: { type: "text", value: result } }],
  },
];

/** Calls without their result in the same prompt, and results without their call. */
function brokenPairs(messages: readonly ModelMessage[]): string[] {
  const ids = (type: string) =>
    messages.flatMap(({ content }) =>
      typeof content === "string"
        ? []
        : content.flatMap((part) => (part.type === type ? [(part as { toolCallId: string }).toolCallId] : [])),
    );
  const [calls, results] = [new Set(ids("tool-call")), new Set(ids("tool-result"))];
  return [...calls, ...results].filter((id) => calls.has(id) !== results.has(id));
}

describe("a conversation of 300 turns", () => {
  /** Every tenth turn says something that must not be forgotten; the rest is talk. */
  const facts = {
    order: (n: number) => `ORD-${10_000 + n}`,
    instruction: (n: number) => `From now on, quote prices in currency number ${n}.`,
    approval: (n: number) => `The refund of ${n} euros for ORD-${10_000 + n} was approved by Maria Keller.`,
    name: (n: number) => `My name is Anton Berg${n} from the Hamburg office.`,
  };
  const planted: string[] = [];
  const turns: ModelMessage[][] = [];
  for (let n = 0; n < 300; n++) {
    const talk =
      `Question ${"abcdefghij"[n % 10]} about delivery and stock of the grippers, please explain it at some length. `.repeat(
        2,
      );
    const answer = "The grippers are in stock and leave the warehouse within two days, by the usual carrier. ".repeat(
      4,
    );
    if (n % 10 === 0) {
      const kind = (["order", "instruction", "approval", "name"] as const)[(n / 10) % 4] ?? "order";
      planted.push(facts[kind](n));
      const said = kind === "order" ? `What about ${facts.order(n)}?` : facts[kind](n);
      turns.push(kind === "approval" ? [user(talk), assistant(said)] : [user(said), assistant(answer)]);
    } else if (n % 3 === 0) turns.push([user(talk), ...lookup(`call${n}`, answer.repeat(2)), assistant(answer)]);
    else turns.push([user(talk), assistant(answer)]);
  }

  test("is condensed from 70 % on, never sent above 95 %, and forgets no fact", async () => {
    const window = windowFor();
    const counter = await TokenCounter.for(model);
    let firstCondensedAt: number | undefined;
    let condensings = 0;
    let before = 0;
    for (let n = 1; n <= turns.length; n++) {
      const messages = turns.slice(0, n).flat();
      const all = (await counter.messages(messages)) + counter.text("Help with orders.");
      const prompt = await window.fit(request(messages));
      expect(prompt.inputTokens / WINDOW).toBeLessThanOrEqual(0.95);
      expect(brokenPairs(prompt.messages)).toEqual([]);
      expect(prompt.messages.at(-1)).toEqual(messages.at(-1));
      if (prompt.condensedTurns > 0) firstCondensedAt ??= all / WINDOW;
      else expect(all / WINDOW).toBeLessThanOrEqual(0.7);
      if (prompt.condensedTurns > before) condensings++;
      before = prompt.condensedTurns;
    }
    expect(firstCondensedAt).toBeGreaterThan(0.7);
    expect(firstCondensedAt).toBeLessThan(0.78);
    // Once condensed, several turns fit before it is done again: what a provider cached of the prompt stays good.
    expect(condensings).toBeLessThan(120);

    const sent = JSON.stringify((await window.fit(request(turns.flat()))).messages);
    expect(planted.filter((fact) => !sent.includes(fact))).toEqual([]);
    expect(planted).toHaveLength(30);
  });

  test("read for the first time in this process, is fitted at once and forgets as little", async () => {
    const { messages, inputTokens, condensedTurns } = await windowFor().fit(request(turns.flat()));
    const sent = JSON.stringify(messages);
    expect(planted.filter((fact) => !sent.includes(fact))).toEqual([]);
    expect(inputTokens / WINDOW).toBeLessThanOrEqual(0.7);
    expect(condensedTurns).toBeGreaterThan(250);
  });

  test("is pruned harder each time the provider says that it is too long", async () => {
    const sizes = [];
    for (const pressure of [0, 1, 2] as const)
      sizes.push((await windowFor().fit(request(turns.flat(), pressure))).inputTokens);
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) * 0.8);
    expect(sizes[2]).toBeLessThan((sizes[1] ?? 0) * 0.8);
  });
});

test("a single turn larger than the window is cut in the middle of its results, and still asks the question", async () => {
  const question = user("Which of these orders is late?");
  const { messages, inputTokens } = await windowFor().fit(
    request([question, ...lookup("c1", "order, late, yes. ".repeat(20_000))]),
  );
  expect(inputTokens).toBeLessThanOrEqual(WINDOW * 0.95);
  expect(messages[0]).toEqual(question);
  expect(brokenPairs(messages)).toEqual([]);
  expect(JSON.stringify(messages)).toContain("left out");
});

test("a provider that finds a short prompt too long gets a shorter one, whatever we believe of its window", async () => {
  const messages = [user("A"), assistant("words ".repeat(300)), user("B"), assistant("words ".repeat(300)), user("C?")];
  const [first, second, third] = await Promise.all(
    ([0, 1, 2] as const).map(async (pressure) => (await windowFor().fit(request(messages, pressure))).inputTokens),
  );
  expect(second).toBeLessThan((first ?? 0) * 0.7);
  expect(third).toBeLessThanOrEqual(second ?? 0);
});

test("whatever is said: within the limit, pairs whole, the last question last", async () => {
  const turn = fc
    .tuple(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.nat(1_500),
      fc.option(fc.nat(4_000)),
      fc.string({ maxLength: 20 }),
    )
    .map(([question, length, result, words]) => ({ question, length, result, words }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(turn, { minLength: 1, maxLength: 25 }),
      fc.constantFrom(0, 1, 2),
      async (said, pressure) => {
        const messages = said.flatMap(({ question, length, result, words }, n) => [
          user(`${question}${n}`),
          ...(result === null ? [] : lookup(`c${n}`, `${words} `.repeat(result))),
          assistant(`${words}.`.repeat(length)),
        ]);
        messages.push(user("And now?"));
        const prompt = await windowFor().fit(request(messages, pressure as 0 | 1 | 2));
        expect(prompt.inputTokens).toBeLessThanOrEqual(WINDOW * 0.95);
        expect(brokenPairs(prompt.messages)).toEqual([]);
        expect(prompt.messages.at(-1)).toEqual(user("And now?"));
        // What is left of the conversation is its end, turn by turn.
        const turns = splitTurns(messages);
        const kept = prompt.messages.slice(prompt.condensedTurns > 0 ? 1 : 0);
        expect(splitTurns(kept).length).toBe(turns.length - prompt.condensedTurns);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

describe("counting", () => {
  test("is exact for plain text and takes no time for a text made to take long", async () => {
    const counter = await TokenCounter.for({ provider: "counted", modelId: "gpt-4o" });
    expect(counter.text("hello world")).toBe(2);
    expect(counter.text("<|endoftext|> is text here")).toBeGreaterThan(4);
    const begun = performance.now();
    for (const run of ["a", " ", "=", "日"]) counter.text(run.repeat(200_000));
    // Without the guard it would be minutes.
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  test("comes closer to what the provider counts", async () => {
    const counter = await TokenCounter.for({ provider: "learning", modelId: "a-model-nobody-knows" });
    const text = "Some words of a prompt in a language of its own. ".repeat(100);
    const exact = counter.text(text);
    const byProvider = exact * 1.4;
    for (let i = 0; i < 10; i++) counter.learn(counter.text(text), byProvider);
    expect(Math.abs(counter.text(text) / byProvider - 1)).toBeLessThan(0.03);
  });
});
