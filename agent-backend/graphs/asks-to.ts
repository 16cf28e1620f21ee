// Telling an order from a question, by its form: what is read as an order is carried out.
const OPENING = String.raw`^\W*(?:(?:please|ok(?:ay)?|yes|now|then|and|also|go ahead and|(?:can|could|will|would) you|i(?: would|'d)? (?:want|like) (?:you )?to|let(?:'s| us))[\s,:]+)*`;
const RELUCTANT = /\b(?:not|never|nothing|don'?t|except|unless|if|why|whether|undo|un-?mark)\b/i;

/** Whether a message asks for one of these things to be done (`mark|approve`), politely or not, without a condition or a "not". */
export function asksTo(verbs: string): (message: string) => boolean {
  const order = new RegExp(String.raw`${OPENING}(?:${verbs})\b`, "i");
  return (message) => order.test(message) && !RELUCTANT.test(message);
}
