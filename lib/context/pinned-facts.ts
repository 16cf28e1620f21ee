/**
 * What must survive when older turns are condensed, in the words in which it was said: instructions of the user, decisions, names and
 * identifiers. Found by rules, so that it works without a model and finds the same every time.
 */
import type { ModelMessage } from "ai";

export interface PinnedFacts {
  /** Sentences in which the user says how to answer or what to keep in mind. */
  instructions: string[];
  /** Sentences that approve, reject or decide something. */
  decisions: string[];
  /** Sentences in which somebody is named. */
  names: string[];
  /** Order, invoice, document numbers and the like, each with a few words around its last mention. */
  identifiers: string[];
}

export const noFacts = (): PinnedFacts => ({ instructions: [], decisions: [], names: [], identifiers: [] });

const SENTENCE_CHARS_MAX = 240;
const AROUND_CHARS = 40;

const INSTRUCTION =
  /\b(always|never|from now on|remember|keep in mind|make sure|do not|don't|please (use|answer|reply|write|keep|avoid|call)|answer (me )?(in|with|only)|reply in|use (only|the)|i (prefer|want you to|need you to|would like you to)|call me|important:|note that)\b/i;
const DECISION =
  /\b(approv(e|es|ed|al|als|ing)|reject(s|ed|ion)?|authori[sz](e|ed|es|ation)|confirm(s|ed|ation)?|sign(ed)? off|declin(e|ed)|denied|agreed|cancel(l?ed)?|decided|go ahead)\b/i;
const NAME =
  /\b(my name is|i am called|call me|this is|speak(ing)? (to|with)|contact (is|person)|manager is|colleague|customer is|attn\.?|dear|mr\.?|mrs\.?|ms\.?|dr\.?)\s+\p{Lu}/iu;
/** Two or more capitalised words in a row that do not begin a sentence. */
const FULL_NAME = /(?<=[\p{Ll},;:]\s)\p{Lu}\p{Ll}+(?:\s(?:van|von|de|der|la|el|bin|al)\b)*(?:\s\p{Lu}\p{Ll}+)+/u;
/** Letters and digits joined: ORD-1042, INV_2026-001, ACM-E214, PO4711, #88231. A plain number is not one. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}])(?:#\d{3,}|(?=[\p{L}\d_-]*\d)\p{Lu}[\p{Lu}\d]{0,9}(?:[-_/][\p{L}\d]+)+|\p{Lu}{2,6}\d{3,}|(?:order|invoice|ticket|case|po)\s(?:no\.?\s|number\s|#)?\d{3,})(?![\p{L}\p{N}])/giu;

/** The facts of these messages, oldest first, each once. */
export function findFacts(messages: readonly ModelMessage[]): PinnedFacts {
  const facts = { instructions: new Set<string>(), decisions: new Set<string>(), names: new Set<string>() };
  const identifiers = new Map<string, string>();
  for (const message of messages) {
    const text = wordsOf(message);
    if (text === "") continue;
    const byUser = message.role === "user";
    for (const sentence of sentencesOf(text)) {
      // A question decides nothing; its names and numbers are kept all the same.
      const said = !sentence.endsWith("?");
      if (said && byUser && INSTRUCTION.test(sentence)) facts.instructions.add(clip(sentence));
      if (said && DECISION.test(sentence)) facts.decisions.add(clip(sentence));
      if (byUser && (NAME.test(sentence) || FULL_NAME.test(sentence))) facts.names.add(clip(sentence));
    }
    for (const match of text.matchAll(IDENTIFIER)) identifiers.set(match[0].toLowerCase(), around(text, match));
  }
  return {
    instructions: [...facts.instructions],
    decisions: [...facts.decisions],
    names: [...facts.names],
    identifiers: [...new Set(identifiers.values())],
  };
}

/** What was said, without what tools returned: a list of a thousand orders is no fact about the conversation. */
function wordsOf({ role, content }: ModelMessage): string {
  if (role !== "user" && role !== "assistant") return "";
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

function clip(sentence: string): string {
  return sentence.length <= SENTENCE_CHARS_MAX ? sentence : `${sentence.slice(0, SENTENCE_CHARS_MAX)}…`;
}

function around(text: string, match: RegExpExecArray): string {
  const start = Math.max(0, match.index - AROUND_CHARS);
  const end = match.index + match[0].length + AROUND_CHARS;
  return text.slice(start, end).replace(/\s+/g, " ").trim();
}
