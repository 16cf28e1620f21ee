/** One way of reaching a sum: the positions of the parts used, ascending. */
export type Subset = number[];

export interface SubsetSearch {
  /** Positive integers, in the order of preference: earlier ones are tried first. */
  amounts: number[];
  target: number;
  tolerance: number;
  sizeMin: number;
  sizeMax: number;
  /** Stop after this many subsets. */
  limit: number;
  /** Stop after this many additions, so that a long list costs bounded time. */
  steps: number;
}

/** Subsets whose sum is within `tolerance` of `target`, depth first, skipping branches that can no longer reach it. */
export function findSubsets(search: SubsetSearch): Subset[] {
  const { amounts, target, tolerance, sizeMin, sizeMax, limit } = search;
  // Descending order lets a branch end as soon as even the largest parts left cannot fill the gap.
  const order = amounts.map((_, index) => index).sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b);
  const sorted = order.map((index) => amounts[index] ?? 0);
  const found: Subset[] = [];
  const chosen: number[] = [];
  let steps = search.steps;

  const visit = (from: number, missing: number): void => {
    if (chosen.length >= sizeMin && Math.abs(missing) <= tolerance) {
      found.push(chosen.map((position) => order[position] ?? 0).sort((a, b) => a - b));
    }
    const left = sizeMax - chosen.length;
    if (left === 0) return;
    for (let position = from; position < sorted.length; position += 1) {
      const amount = sorted[position] ?? 0;
      if (found.length >= limit || steps <= 0) return;
      if (amount > missing + tolerance) continue;
      if (amount * left < missing - tolerance) return;
      steps -= 1;
      chosen.push(position);
      visit(position + 1, missing - amount);
      chosen.pop();
    }
  };
  visit(0, target);
  return found;
}
