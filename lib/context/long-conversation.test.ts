import type { ModelMessage } from "ai";
import { expect, test } from "vitest";
import type { ChatModel } from "@/lib/models/registry";
import { ContextWindow, defaultContextSettings } from "./context-window";

// Conversations of 300 turns, made up anew from a seed, with facts planted at places that nobody chose. At the end every fact is asked
// back: it must be among what the model reads. Half of them are condensed between turns as the app does, half within the turn.

const WINDOW = 8_000;
const TURNS = 300;
const model = { provider: "seeded", modelId: "gpt-4o" } as ChatModel;

/** Mulberry32: small, and the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TALK =
  "please tell me more about delivery dates and stock of grippers while we wait for the carrier to call back ";
const FIRST = ["Maria", "Anton", "Priya", "Jonas", "Leila", "Tomás"];
const LAST = ["Keller", "Bergmann", "Nair", "Okafor", "Lindqvist", "Moreau"];

interface Conversation {
  turns: ModelMessage[][];
  /** What is asked back: each must be found word for word. */
  facts: string[];
}

function converse(seed: number): Conversation {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = (words: readonly string[]) => words[below(words.length)] ?? "";
  const facts: string[] = [];
  const turns = Array.from({ length: TURNS }, (_, n): ModelMessage[] => {
    const talk = TALK.repeat(1 + below(4));
    const answer = TALK.repeat(1 + below(6));
    const order = `ORD-${10_000 + below(90_000)}`;
    const person = `${pick(FIRST)} ${pick(LAST)}`;
    const plant = (fact: string, messages: ModelMessage[]) => {
      facts.push(fact);
      return messages;
    };
    switch (below(12)) {
      case 0:
        return plant(order, [user(`${talk}The number is ${order}, by the way.`), assistant(answer)]);
      case 1: {
        const approval = `The refund of ${below(5_000)} euros for ${order} was approved by ${person}.`;
        return plant(approval, [user(talk), assistant(`${approval} ${answer}`)]);
      }
      case 2: {
        const rule = `Always quote prices in currency number ${below(10_000)}.`;
        return plant(rule, [user(`${rule} ${talk}`), assistant(answer)]);
      }
      case 3: {
        const name = `My name is ${person} from office ${below(1_000)}.`;
        return plant(name, [user(name), assistant(answer)]);
      }
      case 4:
      case 5:
        return [user(talk), ...lookup(`c${n}`, answer.repeat(1 + below(3))), assistant(answer)];
      default:
        return [user(talk), assistant(answer)];
    }
  });
  return { turns, facts };
}

const user = (content: string): ModelMessage => ({ role: "user", content });
const assistant = (content: string): ModelMessage => ({ role: "assistant", content });
const lookup = (toolCallId: string, value: string): ModelMessage[] => [
  { role: "assistant", content: [{ type: "tool-call", toolCallId, toolName: "find", input: {} }] },
  { role: "tool", content: [{ type: "tool-result", toolCallId, toolName: "find", output: { type: "text", value } }] },
];

test.each([1, 2, 3, 4])(
  "keeps every fact of a conversation of 300 turns in what the model reads, seed %i",
  async (seed) => {
    const { turns, facts } = converse(seed);
    const between = seed % 2 === 0;
    const window = new ContextWindow(null, defaultContextSettings, () => WINDOW);
    const promptOf = (messages: ModelMessage[]) =>
      window.fit({ model, instructions: "Help with orders.", messages, tools: {}, pressure: 0 });
    let condensedBetween = 0;
    for (let n = 1; n <= turns.length; n++) {
      const asked = [...turns.slice(0, n - 1).flat(), ...(turns[n - 1] ?? []).slice(0, 1)];
      const prompt = await promptOf(asked);
      expect(prompt.inputTokens).toBeLessThanOrEqual(WINDOW * 0.95);
      if (between && window.condenseAhead(asked, prompt.inputTokens + 600)) condensedBetween++;
    }
    const { messages } = await promptOf([...turns.flat(), user("Tell me all that you know of my orders.")]);
    const read = messages.map(({ content }) => (typeof content === "string" ? content : "")).join("\n");
    expect(facts.filter((fact) => !read.includes(fact))).toEqual([]);
    expect(facts.length).toBeGreaterThan(60);
    expect(condensedBetween > 0).toBe(between);
  },
);
