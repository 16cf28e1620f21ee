import type { Stemmer } from "../language/stems";
import type { Word } from "../language/words";
import { type Finding, findConcepts, type WeighedConcept } from "./find-concepts";

/** How far from its neighbour in the question a number may stand in the passage and still be that neighbour's. */
const NUMBER_WITHIN_PLACES = 4;

/**
 * A passage shares a word or two with most questions by chance, and hardly ever four: each further word that agrees adds this much to
 * what one alone says.
 */
const AGREEING_WORD = 1 / 3;

/**
 * How well a passage supports an answer: the share of the question that it covers, each word by its rarity, times how many words agree.
 * A share of 1 with one word is 1. Meant to tell an answer from passages that only share words with the question. A name with a number
 * (`AR-50`) is one word here: another model's number is no part of it, and a number counts only near a word that it stands beside in the
 * question.
 */
export function supportOf(
  concepts: WeighedConcept[],
  { words, above }: { words: Word[]; above: Word[] },
  stem: Stemmer,
): number {
  const asked = withNamesWhole(concepts);
  const found = findConcepts(asked, [...above.map(farAbove), ...words], stem);
  let [whole, covered, agreeing] = [0, 0, 0];
  for (const [i, concept] of asked.entries()) {
    whole += concept.rarity;
    const finding = found[i] as Finding;
    if (finding.trust === 0 || (isNumber(concept) && !standsBesideNeighbour(i, asked, found))) continue;
    // Less than its trust: another word in its place says that a passage is related, and hardly that it answers.
    covered += concept.rarity * finding.trust ** 1.5;
    agreeing += concept.weight;
  }
  return whole === 0 ? 0 : (covered / whole) * (1 + AGREEING_WORD * (agreeing - 1));
}

/** What stands in a title is beside nothing in the text. */
const farAbove = (word: Word): Word => ({ ...word, place: word.place - 10_000 });

/** Names such as `ar50` instead of their parts; other joined forms are left out, their parts say the same. */
function withNamesWhole(concepts: WeighedConcept[]): WeighedConcept[] {
  const names = concepts.filter(({ joined, word }) => joined && /^\p{L}.*\d/u.test(word));
  const isPart = ({ word }: WeighedConcept) => names.some((name) => name.word.includes(word));
  return [...names, ...concepts.filter((concept) => !concept.joined && !isPart(concept))].sort(
    (a, b) => a.place - b.place,
  );
}

const isNumber = ({ word }: WeighedConcept): boolean => /^\d/.test(word);

function standsBesideNeighbour(i: number, asked: WeighedConcept[], found: Finding[]): boolean {
  const place = asked[i]?.place ?? 0;
  const neighbours = [i - 1, i + 1].filter((n) => Math.abs((asked[n]?.place ?? Number.NaN) - place) <= 1);
  if (neighbours.length === 0) return true;
  return neighbours.some((n) =>
    found[n]?.places.some((near) => found[i]?.places.some((own) => Math.abs(own - near) <= NUMBER_WITHIN_PLACES)),
  );
}
