import { readContentWords } from "../language/words";

/** The parts of a chunk that are searched. */
export interface IndexedText {
  title: string;
  filename: string;
  heading: string;
  text: string;
}

/**
 * What a document is called. A title often leaves out what the reader can see ("Ridgeline 2 Owner's Manual"), and the file's name says
 * it ("ridgeline-tent-manual.md").
 */
export const namesOf = ({ title, filename }: { title: string; filename: string }): string =>
  `${title}\n${filename.replace(/\.\w{1,5}$/, "")}`;

/** How often each word of a chunk occurs in its fields, and how long the body is, in content words. */
export interface WordCounts {
  words: Map<string, FieldCounts>;
  length: number;
}

interface FieldCounts {
  title: number;
  heading: number;
  body: number;
}

// BM25F: fields are added up before the sum is damped, so a word in title and body is not two pieces of evidence. Titles and headings
// count about as much as the body; much heavier ones push passages aside that answer under a plain title.
const TITLE_WEIGHT = 1.5;
const HEADING_WEIGHT = 1;
const LENGTH_NORMALISATION = 0.6;
/** In content words. A constant, so that adding one document does not change the weights of all the others. */
const USUAL_LENGTH = 90;

/** A weight is stored as an integer in 16 bits. */
export const WEIGHT_SCALE = 256;
const WEIGHT_MAX = 0xffff;

export function countWords(chunk: IndexedText): WordCounts {
  const words = new Map<string, FieldCounts>();
  const count = (text: string, field: keyof FieldCounts) => {
    const found = readContentWords(text);
    for (const word of found) {
      const counts = words.get(word.text) ?? { title: 0, heading: 0, body: 0 };
      counts[field]++;
      words.set(word.text, counts);
    }
    return found.length;
  };
  count(namesOf(chunk), "title");
  count(chunk.heading, "heading");
  return { length: count(chunk.text, "body"), words };
}

/** The weight of each term of a chunk, ready to be stored. Words with one stem are one term. */
export function weighTerms({ words, length }: WordCounts, stem: (word: string) => string): Map<string, number> {
  const fields = new Map<string, FieldCounts>();
  for (const [word, counts] of words) {
    const term = stem(word);
    const sum = fields.get(term);
    if (!sum) fields.set(term, { ...counts });
    else {
      sum.title += counts.title;
      sum.heading += counts.heading;
      sum.body += counts.body;
    }
  }
  const norm = 1 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * (length / USUAL_LENGTH);
  const weights = new Map<string, number>();
  for (const [term, { title, heading, body }] of fields) {
    // Said twice in a title is not twice as much.
    const weight = body / norm + TITLE_WEIGHT * Math.min(title, 1) + HEADING_WEIGHT * Math.min(heading, 1);
    weights.set(term, Math.min(Math.max(Math.round(weight * WEIGHT_SCALE), 1), WEIGHT_MAX));
  }
  return weights;
}
