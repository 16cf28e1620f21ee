// Just enough language for extraction: which words of a question carry meaning, and when two forms are the same word.
const STOP = new Set(
  `a about above after again all also am an and any anybody anyone anything are as at be because been before being between both but by can
could did do does doing down during each everyone everything few for from further get give had has have having he her here him his how i
if in into is it its just let like long made make many may me mean means might more most much must my need no nor not nothing now of off
often on once one only or other our out over own per please same say shall she should so some somebody someone something still such tell
than that the their them then there these they thing this those through to too under until up us use used very want was way we were what
when where which while who whom why will with would you your`.split(/\s+/),
);

/** Lower-cased words and numbers; identifiers such as `ACM-E214` stay whole. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*/gu) ?? [];
}

/** A crude English stem: enough to join "returns", "returned" and "return", never used for storage. */
export function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const singular = word.replace(/ies$/u, "y").replace(/([^su])s$/u, "$1");
  if (singular.length < 5) return singular;
  return singular.replace(/(ation|ing|edly|ed|ly|ment|e|y)$/u, "").replace(/(.)\1$/u, "$1");
}

/** The words that carry meaning, in order. */
export const contentWords = (text: string): string[] => [...new Set(wordsOf(text))].filter((word) => !STOP.has(word));

/** Their stems, without repeats. */
export const contentStems = (text: string): string[] => [...new Set(contentWords(text).map(stem))];
