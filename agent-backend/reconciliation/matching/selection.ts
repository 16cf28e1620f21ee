import type { Pulse } from "../pulse";
import { assign, type Edge } from "./assignment";

/**
 * Something that can be chosen: it uses up payments and places and is worth points. An invoice has one place for the
 * payment it is due and further ones for payments too many, so that a double payment is an ordinary choice.
 */
export interface Option {
  payments: number[];
  places: number[];
  points: number;
}

/** A component gets so many rounds of choosing among groups, fewer the more pairs each of them has to assign. */
const ROUNDS = { max: 400, min: 6, pairs: 40_000 };

const EPSILON = 1e-9;

/**
 * The options that are worth most together, where no two share a payment or a place. Choices that cannot be wrong are
 * taken first, the rest falls into connected components, and each of these is solved to its optimum: pairs by
 * assignment, groups by branch and bound over them with the assignment's prices as the bound (within `ROUNDS`).
 */
export async function selectBest<Choice extends Option>(options: Choice[], pulse: Pulse): Promise<Choice[]> {
  const { taken, left } = takeUndisputed(options.filter((option) => option.points > 0));
  const best = [...taken];
  let done = options.length - left.length;
  for (const component of components(left)) {
    best.push(...solve(component));
    done += component.length;
    await pulse.beat(done, options.length);
  }
  await pulse.beat(options.length, options.length);
  return best;
}

/**
 * An option is in some best choice when it is worth at least as much as the best others at each of its payments and
 * places together, since it can displace no more than one option at each.
 */
function takeUndisputed<Choice extends Option>(options: Choice[]): { taken: Choice[]; left: Choice[] } {
  const byElement = new Map<number, Choice[]>();
  for (const option of [...options].sort((a, b) => b.points - a.points)) {
    for (const element of elementsOf(option)) {
      const list = byElement.get(element);
      if (list) list.push(option);
      else byElement.set(element, [option]);
    }
  }
  const gone = new Set<Choice>();
  const taken: Choice[] = [];
  const bestOther = (element: number, option: Choice) =>
    byElement.get(element)?.find((other) => other !== option && !gone.has(other))?.points ?? 0;

  let pending = new Set(options);
  while (pending.size > 0) {
    const touched = new Set<Choice>();
    for (const option of pending) {
      if (gone.has(option)) continue;
      const elements = elementsOf(option);
      const displaced = elements.reduce((sum, element) => sum + bestOther(element, option), 0);
      if (option.points < displaced) continue;
      taken.push(option);
      const rivals = elements.flatMap((element) => byElement.get(element) ?? []).filter((rival) => !gone.has(rival));
      for (const rival of rivals) gone.add(rival);
      // Whoever competed with the rivals has fewer of them now.
      for (const rival of rivals) {
        for (const element of elementsOf(rival)) for (const other of byElement.get(element) ?? []) touched.add(other);
      }
    }
    pending = new Set([...touched].filter((option) => !gone.has(option)));
  }
  return { taken, left: options.filter((option) => !gone.has(option)) };
}

function components<Choice extends Option>(options: Choice[]): Choice[][] {
  const parent = new Map<number, number>();
  const root = (element: number): number => {
    let top = element;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    parent.set(element, top);
    return top;
  };
  for (const option of options) {
    const [first = 0, ...others] = elementsOf(option);
    for (const other of others) parent.set(root(other), root(first));
  }
  const groups = new Map<number, Choice[]>();
  for (const option of options) {
    const key = root(elementsOf(option)[0] ?? 0);
    const group = groups.get(key);
    if (group) group.push(option);
    else groups.set(key, [option]);
  }
  return [...groups.values()];
}

interface Search<Choice> {
  pairs: Choice[];
  best: Choice[];
  bestPoints: number;
  rounds: number;
  /** When it runs out of rounds the best choice found by then stands; it may miss the optimum. */
  roundsMax: number;
}

/** A choice of groups completed by the best pairs, and what further groups could add to it. */
interface Completion<Choice> {
  /** The groups that are still possible with what they gain over the prices of all they use up, most first. */
  gains: { group: Choice; gain: number }[];
  /** By duality no choice that extends the given groups is worth more. */
  bound: number;
  prices: Map<number, number>;
}

function solve<Choice extends Option>(options: Choice[]): Choice[] {
  const pairs = options.filter(isPair);
  const groups = options.filter((option) => !isPair(option));
  const roundsMax = Math.max(ROUNDS.min, Math.min(ROUNDS.max, Math.floor(ROUNDS.pairs / (pairs.length + 1))));
  const search: Search<Choice> = { pairs, best: [], bestPoints: -1, rounds: 0, roundsMax };
  const root = complete(search, [], groups);
  dive(search, root);
  const gap = root.bound - search.bestPoints;
  if (gap <= EPSILON) return search.best;

  // What loses more against the bound than the gap cannot be in a better choice; without it components may fall apart.
  const loss = (option: Choice) => priceOf(option, root.prices) - option.points;
  const isInBest = new Set(search.best);
  const kept = options.filter((option) => isInBest.has(option) || loss(option) < gap);
  const parts = kept.length < options.length ? components(kept) : [];
  if (parts.length > 1) return parts.flatMap((part) => solve(part));
  search.pairs = kept.filter(isPair);
  branch(
    search,
    [],
    kept.filter((option) => !isPair(option)),
  );
  return search.best;
}

/** Adds all groups that gain and do not get in each other's way, again and again, for a good choice to start from. */
function dive<Choice extends Option>(search: Search<Choice>, root: Completion<Choice>): void {
  let chosen: Choice[] = [];
  let completion = root;
  while (completion.gains.some(({ gain }) => gain > EPSILON)) {
    const used = new Set<number>();
    const added: Choice[] = [];
    for (const { group, gain } of completion.gains) {
      if (gain <= EPSILON || elementsOf(group).some((element) => used.has(element))) continue;
      added.push(group);
      for (const element of elementsOf(group)) used.add(element);
    }
    chosen = [...chosen, ...added];
    const left = completion.gains.flatMap(({ group }) => (added.includes(group) ? [] : group));
    completion = complete(search, chosen, left);
  }
}

/** Tries with and without the most promising further group. */
function branch<Choice extends Option>(search: Search<Choice>, chosen: Choice[], undecided: Choice[]): void {
  const { gains, bound } = complete(search, chosen, undecided);
  const [first, ...others] = gains;
  if (!first || bound <= search.bestPoints + EPSILON || search.rounds >= search.roundsMax) return;
  const rest = others.map(({ group }) => group);
  branch(search, [...chosen, first.group], rest);
  branch(search, chosen, rest);
}

function complete<Choice extends Option>(
  search: Search<Choice>,
  chosen: Choice[],
  undecided: Choice[],
): Completion<Choice> {
  search.rounds += 1;
  const used = new Set(chosen.flatMap(elementsOf));
  const isFree = (option: Choice) => elementsOf(option).every((element) => !used.has(element));
  const { matched, points: pairPoints, prices } = assignPairs(search.pairs.filter(isFree));
  const points = pairPoints + chosen.reduce((sum, group) => sum + group.points, 0);
  if (points > search.bestPoints) {
    search.best = [...chosen, ...matched];
    search.bestPoints = points;
  }
  const gains = undecided
    .filter(isFree)
    .map((group) => ({ group, gain: group.points - priceOf(group, prices) }))
    .sort((a, b) => b.gain - a.gain);
  const bound = points + gains.reduce((sum, { gain }) => sum + Math.max(0, gain), 0);
  return { gains, bound, prices };
}

function isPair({ payments, places }: Option): boolean {
  return payments.length === 1 && places.length === 1;
}

function priceOf(option: Option, prices: Map<number, number>): number {
  return elementsOf(option).reduce((sum, element) => sum + (prices.get(element) ?? 0), 0);
}

function assignPairs<Choice extends Option>(
  pairs: Choice[],
): { matched: Choice[]; points: number; prices: Map<number, number> } {
  const rowOf = new Map<number, number>();
  const columnOf = new Map<number, number>();
  const edges: Edge[][] = [];
  const choices: Map<number, Choice>[] = [];
  for (const pair of pairs) {
    const row = positionOf(pair.payments[0] ?? 0, rowOf);
    const column = positionOf(pair.places[0] ?? 0, columnOf);
    edges[row] ??= [];
    choices[row] ??= new Map();
    const earlier = choices[row].get(column);
    if (earlier && earlier.points >= pair.points) continue;
    if (earlier) edges[row] = edges[row].filter((edge) => edge.column !== column);
    edges[row].push({ column, weight: pair.points });
    choices[row].set(column, pair);
  }
  const { columnOfRow, value, rowPrices, columnPrices } = assign(edges, columnOf.size);
  const prices = new Map<number, number>();
  for (const [payment, row] of rowOf) prices.set(paymentElement(payment), rowPrices[row] ?? 0);
  for (const [place, column] of columnOf) prices.set(placeElement(place), columnPrices[column] ?? 0);
  const matched = columnOfRow.flatMap((column, row) => choices[row]?.get(column) ?? []);
  return { matched, points: value, prices };
}

function positionOf(element: number, positions: Map<number, number>): number {
  const position = positions.get(element) ?? positions.size;
  positions.set(element, position);
  return position;
}

function elementsOf({ payments, places }: Option): number[] {
  return [...payments.map(paymentElement), ...places.map(placeElement)];
}

// Payments are even and places odd, so that one number names either.
function paymentElement(payment: number): number {
  return payment * 2;
}

function placeElement(place: number): number {
  return place * 2 + 1;
}
