import { randomUUID } from "node:crypto";
import type { Message } from "@ag-ui/core";
import { scriptedTokens } from "@/lib/copilots/scripted-tokens";

// As long as the answers of the thread that is reopened.
const ANSWER = { n: 200, rate: 0, size: 5, md: true, stamp: false };

/** What an earlier answer of a conversation was made with. */
export const answerPerf = (turn: number) => ({ ...ANSWER, seed: turn });

export const question = (words: string): Message => ({ id: randomUUID(), role: "user", content: words });

/** A conversation of `count` messages: questions, and markdown answers of 200 tokens as the scripted agent would give them. */
export function conversation(count: number): Message[] {
  return Array.from({ length: count }, (_, i): Message => {
    if (i % 2 === 0) return question(`Question ${i / 2}`);
    return { id: randomUUID(), role: "assistant", content: [...scriptedTokens(answerPerf((i - 1) / 2))].join("") };
  });
}
