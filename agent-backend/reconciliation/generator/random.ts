/** Random choices that a seed determines. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next: () => number;
  chance: (probability: number) => boolean;
  /** An integer from `min` to `max`, both included. */
  integer: (min: number, max: number) => number;
  between: (min: number, max: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
  /** One of the keys, as likely as its weight. */
  weighted: <Key extends string>(weights: Record<Key, number>) => Key;
  shuffle: <Item>(items: Item[]) => Item[];
}

/** The generator mulberry32 by Tommy Ettinger: 32 bits of state, good enough to make test data. */
export function seededRandom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    pick: <Item>(items: readonly Item[]) => items[integer(0, items.length - 1)] as Item,
    weighted: <Key extends string>(weights: Record<Key, number>) => {
      const entries = Object.entries(weights) as [Key, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return entries[0]?.[0] as Key;
    },
    shuffle: <Item>(items: Item[]) => {
      for (let index = items.length - 1; index > 0; index -= 1) {
        const other = integer(0, index);
        [items[index], items[other]] = [items[other] as Item, items[index] as Item];
      }
      return items;
    },
  };
}
