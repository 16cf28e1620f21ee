/** The words of a search as patterns for `ilike`: what means something in a pattern means itself. */
export function likeWords(q: string): string[] {
  return q
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
