const NUMBER_WORDS = new Map(
  `two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 fourteen 14 fifteen 15 sixteen 16 eighteen 18
  twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90`
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1] ?? ""] as const] : [])),
);

const TENS_AND_ONES =
  /^(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(one|two|three|four|five|six|seven|eight|nine)$/i;

/** `forty-five` as 45; undefined for everything else. */
export function compoundNumber(word: string): string | undefined {
  const [, tens, ones] = TENS_AND_ONES.exec(word)?.map((part) => part.toLowerCase()) ?? [];
  if (!tens || !ones) return undefined;
  return String(Number(NUMBER_WORDS.get(tens)) + Number(NUMBER_WORDS.get(ones) ?? 1));
}

/**
 * One spelling for what English writes in two ways: numbers as words, British and American endings. It need not be a right one, only
 * the same for both; the parts before the endings are long enough that `hours` and `hour` or `rising` and `rise` stay together.
 */
export function oneSpelling(word: string): string {
  const number = NUMBER_WORDS.get(word);
  if (number !== undefined) return number;
  if (word.length < 5) return word;
  return word
    .replace(/^(.{3,})is(e|ed|es|er|ers|ing|ation|ations)$/, "$1iz$2")
    .replace(/^(.{3,})ys(e|ed|es|er|ing)$/, "$1yz$2")
    .replace(/^(.{3,})our(s|ed|ing|ful|less|ite|able)?$/, "$1or$2")
    .replace(/([bt])re(s?)$/, "$1er$2")
    .replace(/ogue(s?)$/, "og$1")
    .replace(/^(lic|def|off|pret)ence/, "$1ense");
}
