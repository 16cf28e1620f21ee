import type { ModelMessage } from "ai";
import type { TokenCounter } from "./token-counter";

const LEFT_OUT = "\n[… left out: too long for the model's window …]\n";
const CHARS_MIN = 200;

/**
 * The same messages within `limit` tokens: the longest text of them is cut in its middle, again and again, tools' results first. The
 * last resort, when a single turn is larger than the window; calls and results stay together, and what begins and ends a text stays.
 * `spared` is cut only when nothing else is left to cut.
 */
export function shortenToFit(
  messages: readonly ModelMessage[],
  limit: number,
  counter: TokenCounter,
  spared: ModelMessage | null = null,
): ModelMessage[] {
  const shortened = [...messages];
  const given = new Map<number, number>();
  while (counter.messages(shortened) > limit) {
    const at = longest(shortened, given, spared) ?? longest(shortened, given, null);
    const message = at === null ? undefined : shortened[at];
    if (at === null || !message) break;
    const chars = Math.max(CHARS_MIN, Math.floor(charsOf(message) / 2));
    given.set(at, (given.get(at) ?? 0) + 1);
    shortened[at] = cut(message, chars);
  }
  return shortened;
}

const CUTS_MAX = 24;

/** Results of tools count double: they can be asked for again, words of people cannot. */
function longest(
  messages: readonly ModelMessage[],
  given: ReadonlyMap<number, number>,
  spared: ModelMessage | null,
): number | null {
  let found: number | null = null;
  let size = CHARS_MIN;
  messages.forEach((message, at) => {
    const weight = charsOf(message) * (message.role === "tool" ? 2 : 1);
    if (message !== spared && weight > size && charsOf(message) > CHARS_MIN && (given.get(at) ?? 0) < CUTS_MAX) {
      found = at;
      size = weight;
    }
  });
  return found;
}

function charsOf(message: ModelMessage): number {
  return stringsOf(message).reduce((sum, text) => sum + text.length, 0);
}

function stringsOf({ content }: ModelMessage): string[] {
  if (typeof content === "string") return [content];
  return content.map((part) => {
    if (part.type === "text" || part.type === "reasoning") return part.text;
    return part.type === "tool-result" ? JSON.stringify(part.output) : "";
  });
}

/** Each text of the message within its share of `chars`. A result that is not text becomes the text of its JSON. */
function cut(message: ModelMessage, chars: number): ModelMessage {
  const { content } = message;
  if (typeof content === "string") return { ...message, content: middleOut(content, chars) } as ModelMessage;
  const share = Math.max(CHARS_MIN / 2, Math.floor(chars / Math.max(1, content.length)));
  const parts = content.map((part) => {
    if (part.type === "text" || part.type === "reasoning") return { ...part, text: middleOut(part.text, share) };
    if (part.type !== "tool-result" || JSON.stringify(part.output).length <= share) return part;
    const { output } = part;
    const text = output.type === "text" || output.type === "error-text" ? output.value : JSON.stringify(output);
    return { ...part, output: { type: "text" as const, value: middleOut(text, share) } };
  });
  return { ...message, content: parts } as ModelMessage;
}

function middleOut(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const half = Math.max(0, Math.floor((chars - LEFT_OUT.length) / 2));
  // Half of a character made of two code units is none.
  return `${text.slice(0, half).toWellFormed()}${LEFT_OUT}${half === 0 ? "" : text.slice(-half).toWellFormed()}`;
}
