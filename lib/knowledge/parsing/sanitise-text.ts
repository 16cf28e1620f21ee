// Every control character but tab and newline; soft hyphens, zero-width spaces, byte order marks and the marks that turn the reading
// direction around (U+202A-202E, U+2066-2069), which can make a quote look like another one. Joiners stay: some scripts need them.
const UNSEEN = /(?![\t\n])[\p{Cc}\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * Text as it is stored and shown: Postgres takes no NUL and no half of a surrogate pair, and a character position must count only
 * what a reader sees. Line ends become newlines; composed and decomposed accents become one form.
 */
export function sanitiseText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
    .replaceAll("\f", "\n\n")
    .replaceAll(UNSEEN, "")
    .replaceAll("\u00a0", " ")
    .normalize("NFC");
}

/** One line for a title, heading or file name. */
export const sanitiseLine = (text: string, charsMax: number): string =>
  sanitiseText(text).replaceAll(/\s+/g, " ").trim().slice(0, charsMax).toWellFormed();
