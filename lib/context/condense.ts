/** A conversation as turns, and older turns as a few words. */
import type { ModelMessage } from "ai";

/** A question and everything until the next one: a tool call and its result are never in different turns. */
export type ConversationTurn = ModelMessage[];

export function splitTurns(messages: readonly ModelMessage[]): ConversationTurn[] {
  const turns: ConversationTurn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last && (message.role !== "user" || last.every(({ role }) => role === "user"))) last.push(message);
    else turns.push([message]);
  }
  return turns;
}

/** How much of a question and of an answer an outline keeps. */
export interface OutlineLength {
  askedChars: number;
  answeredChars: number;
}

const SHORT: OutlineLength = { askedChars: 160, answeredChars: 200 };

/** The offline summary: of each turn what was asked and how the answer begins, one line a turn. */
export function outline(turns: readonly ConversationTurn[], { askedChars, answeredChars } = SHORT): string {
  return turns
    .map((turn) => {
      const asked = firstWords(textOf(turn, "user"), askedChars);
      const answered = firstWords(textOf(turn, "assistant"), answeredChars);
      return `- Asked: ${asked || "(nothing)"}${answered ? ` Answered: ${answered}` : ""}`;
    })
    .join("\n");
}

function textOf(turn: ConversationTurn, role: "user" | "assistant"): string {
  const texts = turn
    .filter((message) => message.role === role)
    .map(({ content }) =>
      typeof content === "string" ? content : content.map((part) => (part.type === "text" ? part.text : "")).join(" "),
    );
  // The last words of an assistant's turn are its answer; those before it announced what it would do.
  return (role === "assistant" ? texts.findLast((text) => text.trim() !== "") : texts.join(" ")) ?? "";
}

function firstWords(text: string, chars: number): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= chars) return plain;
  const cut = plain.slice(0, chars);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), chars / 2))}…`;
}

/** The newest lines of an outline that fit; what falls out at the front is counted. */
export function newestLines(text: string, fits: (text: string) => boolean): string {
  const lines = text.split("\n");
  if (fits(text)) return text;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const dropped = Math.floor((low + high) / 2);
    if (fits(lines.slice(dropped).join("\n"))) high = dropped;
    else low = dropped + 1;
  }
  return lines.slice(low).join("\n");
}
