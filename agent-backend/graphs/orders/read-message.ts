// What a message about orders wants done, by its words alone; which orders there are is not known here.
import { asksTo } from "../asks-to";

export type OrderAct = "fulfil" | "cancel";

export interface OrderMessage {
  /** What is surely to be done, or null. */
  command: OrderAct | null;
  /** The numbers that the command names, as they were written; none when it names none. */
  names: string[];
  /** What is spoken of, also where it is only asked about, or unclear. */
  speaksOf: OrderAct[];
}

const VERBS: Record<OrderAct, string> = {
  fulfil: "fulfil+|process|start|begin|ship|handle|execute|kick off|(?:go ahead|proceed) with",
  cancel: "cancel|abort|stop|call off",
};
const SPEAKS_OF: Record<OrderAct, RegExp> = {
  fulfil: new RegExp(String.raw`\b(?:${VERBS.fulfil}|fulfil+\w+)\b`, "i"),
  cancel: new RegExp(String.raw`\b(?:${VERBS.cancel}|cancel\w+)\b`, "i"),
};
const ACTS: readonly OrderAct[] = ["fulfil", "cancel"];

const NUMBER = String.raw`#?(?=[\w/.-]*\d)\w(?:[\w/.-]*\w)?`;
const BEFORE_A_NUMBER = String.raw`(?:(?:the|this|that|my|our|both|customer|orders?|ord|number|no\.?|nr\.?|fulfil+ment|processing|of|with|#)[\s:]*\s)*`;
/** "order 1042, and ORD-1043", and what comes after them. */
const OBJECT = new RegExp(
  String.raw`^\s*${BEFORE_A_NUMBER}(?<numbers>${NUMBER}(?:\s*(?:,(?:\s*and\b)?|and\b|&|\+)\s*${BEFORE_A_NUMBER}${NUMBER})*)(?<after>.*)$`,
  "is",
);
/** "ORD-1042's parcel" and "ORD-1042 shipment" are something else than ORD-1042. */
const AFTER_THE_OBJECT: Record<OrderAct, RegExp> = {
  fulfil:
    /^[”"]?\s*(?:$|[.,;:!?)–-]|(?:please|pls|thanks|thank you|now|today|right away|asap|for me|too|again|in|by|because|as)\b)/i,
  cancel:
    /^[”"]?\s*(?:$|[.,;:!?)–-]|(?:please|pls|thanks|thank you|now|today|right away|asap|for me|too|because|as)\b)/i,
};
/** An order is fulfilled and cancelled as a whole. */
const IN_PART = /\b(?:lines?|items?|part(?:s|ly|ial|ially)?|half|only|quantity|units?|pieces?)\b/i;

const commands = ACTS.map((act) => ({ act, read: asksTo(VERBS[act]) }));

/** Reads what is to be done. A cancellation has to be said as one: a question, however polite, cancels nothing. */
export function readOrderMessage(message: string): OrderMessage {
  const speaksOf = ACTS.filter((act) => SPEAKS_OF[act].test(message));
  const unclear = { command: null, names: [], speaksOf };
  for (const { act, read } of commands) {
    const command = read(message);
    if (!command || speaksOf.length > 1 || IN_PART.test(message)) continue;
    if (act === "cancel" && command.question) continue;
    const object = OBJECT.exec(command.rest)?.groups;
    if (!object) return /\d/.test(command.rest) ? unclear : { command: act, names: [], speaksOf };
    if (!AFTER_THE_OBJECT[act].test(object.after ?? "")) continue;
    const names = (object.numbers ?? "").match(new RegExp(NUMBER, "g")) ?? [];
    return { command: act, names: names.map((name) => name.replace("#", "")), speaksOf };
  }
  return unclear;
}
