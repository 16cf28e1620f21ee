const AMOUNT = String.raw`(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|sixty|ninety)`;
const UNIT =
  "(?:seconds?|minutes?|hours?|nights?|days?|weeks?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies))";
const DURATION = new RegExp(String.raw`\b${AMOUNT}[ -](?:\p{L}+ )?${UNIT}\b`, "iu");
const FREQUENCY =
  /\b(?:every|each (?:day|week|month|quarter|season|year|time|use|shift|trip)|once|twice|daily|weekly|monthly|quarterly|half-yearly|yearly|annually|hourly|times an?)\b/i;
const MONEY =
  /[$€£¥]\s?\d|\d\s?(?:EUR|USD|GBP|CHF|dollars?|euros?|pounds?|cents?|%|percent)(?!\p{L})|(?:price|cost|fee)\P{N}{0,12}\d/iu;
const WEIGHT = /\d\s?(?:kg|g|mg|t|lbs?|oz|kilos?|kilograms?|grams?|pounds?|ounces?|tons?|tonnes?)\b|weight[\w ]*: ?\d/i;
const LENGTH =
  /\d\s?(?:mm|cm|m|km|ft|in|"|'|millimet(?:er|re)s?|centimet(?:er|re)s?|met(?:er|re)s?|kilomet(?:er|re)s?|feet|foot|inch(?:es)?|yards?|miles?)(?![\p{L}\d])/iu;
const TEMPERATURE = /\d\s?(?:°|degrees)/i;
const MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
const MOMENT = new RegExp(
  String.raw`\b\d{1,2}:\d\d\b|\b\d{1,2} ?[ap]\.?m\b|\b(?:1\d|20)\d\d\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b${MONTH}\b|\bnoon\b`,
  "i",
);

const TIME_UNITS = "seconds|minutes|hours|nights|days|weeks|months|years";

/** What kinds of question want to see in a passage before they count as answered; only those that are certain. */
const KINDS: [asked: RegExp, answered: RegExp][] = [
  [/\bhow long (?:must|should|can|may) [^?]*\bbe\b/i, /\d/],
  [new RegExp(String.raw`\bhow (?:long|quick(?:ly)?|fast|soon|many (?:${TIME_UNITS}))\b`, "i"), DURATION],
  [/\bhow (?:often|frequently)\b/i, FREQUENCY],
  [/\bhow (?:much .*\bweighs?|heavy)\b|\bwhat .*\b(?:weight|mass)\b/i, WEIGHT],
  [/\bhow (?:far|tall|high|wide|deep|thick)\b/i, LENGTH],
  [/\bhow (?:hot|cold|warm)\b|\bwhat temperature\b/i, TEMPERATURE],
  [
    /\b(?:how much (?:do|does|is|are|did|would|will) .*(?:cost|pay|charge)|how (?:expensive|cheap)|what .*\bcosts?\b|what .*\bprice)\b/i,
    MONEY,
  ],
];

/** Asked for in a sentence, though too common to tell one passage from another. */
const LOOSE_KINDS: [asked: RegExp, answered: RegExp][] = [
  [/\b(?:window|period|deadline|duration)\b/i, DURATION],
  [/\bhow much\b|\b(?:costs?|prices?|fees?|charges?)\b/i, MONEY],
  [/^when\b|\buntil when\b|\bwhat time\b|\b(?:what|which) (?:year|day|month|date)\b|\bhours\b/i, MOMENT],
  [/\bhow many\b/i, new RegExp(String.raw`\b${AMOUNT}\b`, "i")],
];

/** Whether a passage holds the kind of thing that a question asks for: a time for "how long", an amount of money for "what does it cost". */
export function answerKind(question: string): RegExp | null {
  return KINDS.find(([asked]) => asked.test(question))?.[1] ?? null;
}

/** The same for a single sentence: it need only be likelier to be the answer than its neighbours. */
export function sentenceKind(question: string): RegExp | null {
  return answerKind(question) ?? LOOSE_KINDS.find(([asked]) => asked.test(question))?.[1] ?? null;
}
