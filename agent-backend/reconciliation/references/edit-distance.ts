/**
 * The Damerau-Levenshtein distance in its restricted form (insert, delete, replace, swap neighbours), or `limit + 1`
 * when it exceeds `limit`. Only the diagonal band that can stay within the limit is computed.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // Equal beginnings and ends cost nothing in a best alignment, and most numbers that are compared begin alike.
  let from = 0;
  while (from < a.length && from < b.length && a.charCodeAt(from) === b.charCodeAt(from)) from += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > from && endB > from && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  // One slip is within two characters; only several can stand further apart.
  if (limit === 1 && Math.max(endA, endB) - from > 2) return 2;
  return bandedDistance(a.slice(from, endA), b.slice(from, endB), limit);
}

// Three rows are all the recurrence looks back on; they are kept, since this runs a million times over a large book.
let rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as [Uint8Array, Uint8Array, Uint8Array];

function bandedDistance(a: string, b: string, limit: number): number {
  const beyond = limit + 1;
  if (a.length === 0 || b.length === 0) return Math.min(a.length + b.length, beyond);
  if (b.length >= rows[0].length) {
    rows = [new Uint8Array(b.length * 2), new Uint8Array(b.length * 2), new Uint8Array(b.length * 2)];
  }
  let [beforeLast, last, current] = rows;
  for (let j = 0; j <= b.length; j += 1) last[j] = Math.min(j, beyond);
  for (let i = 1; i <= a.length; i += 1) {
    const to = Math.min(b.length, i + limit);
    current.fill(beyond, 0, b.length + 1);
    current[0] = Math.min(i, beyond);
    let smallest = current[0];
    for (let j = Math.max(1, i - limit); j <= to; j += 1) {
      const codeA = a.charCodeAt(i - 1);
      const codeB = b.charCodeAt(j - 1);
      let cost = (last[j - 1] ?? beyond) + (codeA === codeB ? 0 : 1);
      cost = Math.min(cost, (last[j] ?? beyond) + 1, (current[j - 1] ?? beyond) + 1);
      if (i > 1 && j > 1 && codeA === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === codeB) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? beyond) + 1);
      }
      current[j] = Math.min(cost, beyond);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return beyond;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[b.length] ?? beyond, beyond);
}
