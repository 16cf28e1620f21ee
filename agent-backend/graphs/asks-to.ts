// Telling an order from a question, by its form: what is read as an order is carried out. After a greeting, "please" and the like, an order
// begins with its verb, and it has neither a condition, nor a time, nor a "not". Whatever is not surely an order is answered instead.
const REQUEST = `(?:can|could|will|would) you|(?:i|we)(?: would|'d)? (?:want|like|need) (?:you )?to`;
const GREETING = "hi|hello|hey|good (?:morning|afternoon|evening)";
const POLITE = `please|pls|kindly|ok(?:ay)?|yes|yeah|sure|great|right|thanks|thank you|now|then|so|and|also|just|go ahead and|let(?:'s| us)`;
const BETWEEN = String.raw`[\s,:;.!–-]+`;
const RELUCTANT =
  /\b(?:not|never|nothing|don'?t|except|unless|if|why|whether|or|but|when|once|until|till|before|after|later|tomorrow|wait|undo|un-?mark)\b|n't\b/i;
const IF_YOU_CAN = /\bif (?:you (?:can|could|would|like)|(?:it is |it's |that is |that's )?possible)\b/i;

export interface Command {
  /** What follows the verb. */
  rest: string;
  /** Put as a question ("could you …?"), as people do who are polite. */
  question: boolean;
}

/** Reads a message as an order to do one of these things (`mark|approve`), politely or not. Null for anything else. */
export function asksTo(verbs: string): (message: string) => Command | null {
  const order = new RegExp(String.raw`^(?:${verbs})\b(?<rest>.*)$`, "is");
  const greeted = String.raw`(?: (?:there|all|team|everyone|(?!(?:${verbs})\b)\w+(?=[,!.])))?`;
  const beforeIt = new RegExp(`^(?:${REQUEST}|(?:${GREETING})${greeted}|${POLITE})${BETWEEN}`, "i");
  const request = new RegExp(`^(?:${REQUEST})`, "i");
  return (message) => {
    const plain = message.replaceAll("’", "'").replace(IF_YOU_CAN, "");
    if (RELUCTANT.test(plain)) return null;
    // Piece by piece, because a pattern of them all could try a row of greetings in more ways than there is time for.
    let at = plain.replace(/^\W+/, "");
    let requested = false;
    for (let piece = beforeIt.exec(at)?.[0]; piece; piece = beforeIt.exec(at)?.[0]) {
      requested ||= request.test(piece);
      at = at.slice(piece.length);
    }
    const rest = order.exec(at)?.groups?.rest;
    if (rest === undefined) return null;
    const question = plain.includes("?");
    return question && !requested ? null : { rest, question };
  };
}
