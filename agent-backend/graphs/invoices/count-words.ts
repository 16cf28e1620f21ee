/** A number with its word, as it is read: `1 letter`, `4,200 letters`. */
export function countWords(n: number, word: string): string {
  return `${n.toLocaleString("en")} ${n === 1 ? word : `${word}s`}`;
}
