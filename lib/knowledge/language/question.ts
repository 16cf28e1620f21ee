import type { Stemmer } from "./stems";
import { isStopWord, isWeakWord } from "./stop-words";
import { synonymsOf } from "./synonyms";
import { formsOf } from "./word-forms";
import { readWords, type Word } from "./words";

/** One thing that a question asks for, and the terms that stand for it, each with how well it does (1: the word itself). */
export interface Concept {
  word: string;
  terms: Map<string, number>;
  /** Its place among the question's words, so that neighbours in the question can be looked for as neighbours in a passage. */
  place: number;
  joined: boolean;
  /** Less than 1 for words that shape the question more than they say what it is about. */
  weight: number;
}

const FORM_WEIGHT = 0.9;
const SYNONYM_WEIGHT = 0.6;
const WEAK_WEIGHT = 0.3;
const COMPOUND_WEIGHT = 0.9;
/** Questions are sentences; what is pasted beyond this adds noise and time, not meaning. */
const WORDS_MAX = 48;

/** The words of a question to look up, synonyms included: what must be stemmed before `readQuestion`. */
export function wordsToStem(question: string): string[] {
  const words = readWords(question).slice(0, WORDS_MAX * 2);
  return [
    ...MEASURE_QUESTIONS.flatMap(({ shownBy }) => [...shownBy.keys()]),
    ...words.flatMap(({ text }, i) => [text, ...formsOf(text), ...synonymsOf(text), text + (words[i + 1]?.text ?? "")]),
  ];
}

/** What a question asks for. A question of stop words alone asks for those. */
export function readQuestion(question: string, stem: Stemmer): Concept[] {
  const all = readWords(question).slice(0, WORDS_MAX * 2);
  const content = all.filter((word) => !isStopWord(word.text));
  const concepts = new Map<string, Concept>();
  for (const word of content.slice(0, WORDS_MAX)) {
    const term = stem(word.text);
    if (concepts.has(term)) continue;
    concepts.set(term, {
      word: word.text,
      terms: termsFor(word, term, stem),
      place: word.place,
      joined: word.joined,
      weight: isWeakWord(word.text) ? WEAK_WEIGHT : 1,
    });
  }
  askForMeasure(question, concepts, stem);
  joinNeighbours(all, concepts, stem);
  return [...concepts.values()];
}

/** What answers a question for a measure is said in words that the question does not hold, each with how well it shows an answer. */
interface MeasureQuestion {
  asked: RegExp;
  /** The question's own word that the others join. */
  word: string;
  shownBy: ReadonlyMap<string, number>;
}

const MEASURE_QUESTIONS: MeasureQuestion[] = [
  {
    asked: /\bhow long\b/i,
    word: "long",
    shownBy: trusted("period window deadline duration", "within hours days weeks months years"),
  },
  {
    asked: /\bhow quickly\b/i,
    word: "quickly",
    shownBy: trusted("deadline", "within hours days weeks months"),
  },
  {
    asked: /\bhow (?:often|frequently)\b/i,
    word: "often",
    shownBy: trusted("interval schedule", "every once twice daily weekly monthly quarterly yearly annually"),
  },
  {
    asked: /\bhow much\b.*\bweigh\b/i,
    word: "weigh",
    shownBy: trusted("weight mass"),
  },
];
/** "Long" and "often" say little alone, and more in such a question. */
const MEASURE_WEIGHT = 0.6;

function trusted(surely: string, perhaps = ""): Map<string, number> {
  const words = (text: string, trust: number) =>
    text === "" ? [] : text.split(" ").map((word) => [word, trust] as const);
  return new Map([...words(surely, 1), ...words(perhaps, 0.5)]);
}

function askForMeasure(question: string, concepts: Map<string, Concept>, stem: Stemmer): void {
  for (const { asked, word, shownBy } of MEASURE_QUESTIONS) {
    const concept = asked.test(question) ? concepts.get(stem(word)) : undefined;
    if (!concept) continue;
    concept.weight = Math.max(concept.weight, MEASURE_WEIGHT);
    for (const [other, trust] of shownBy) concept.terms.set(stem(other), trust);
  }
}

function termsFor(word: Word, term: string, stem: Stemmer): Map<string, number> {
  const terms = new Map<string, number>();
  for (const other of synonymsOf(word.text)) terms.set(stem(other), SYNONYM_WEIGHT);
  for (const form of formsOf(word.text)) terms.set(stem(form), FORM_WEIGHT);
  return terms.set(term, 1);
}

/** `time zone` also stands for `timezone`, `back up` for `backup`: the compound counts for both of its words. */
function joinNeighbours(words: Word[], concepts: Map<string, Concept>, stem: Stemmer): void {
  const single = words.filter((word) => !word.joined);
  for (const [i, word] of single.entries()) {
    const next = single[i + 1];
    if (!next || word.text.length + next.text.length < 5 || !/^\p{L}+$/u.test(word.text + next.text)) continue;
    const compound = stem(word.text + next.text);
    for (const part of [word, next]) {
      const terms = concepts.get(stem(part.text))?.terms;
      if (terms && !terms.has(compound)) terms.set(compound, COMPOUND_WEIGHT);
    }
  }
}
