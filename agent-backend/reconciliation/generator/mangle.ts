import type { Random } from "./random";

const LOOK_ALIKES: [string, string][] = [
  ["0", "O"],
  ["O", "0"],
  ["1", "I"],
  ["1", "l"],
  ["5", "S"],
  ["8", "B"],
];
const SHORT_WORDS: [RegExp, string][] = [
  [/International/i, "Intl"],
  [/Manufacturing/i, "Mfg"],
  [/Technologies/i, "Tech"],
  [/Engineering/i, "Eng."],
  [/Logisti[ck]s?/i, "Log."],
  [/Solutions/i, "Sol."],
  [/Services/i, "Svcs"],
  [/Industrial/i, "Ind"],
  [/Components/i, "Comp."],
];

/** Swaps two neighbouring digits that differ, or changes one when there are none. */
export function transposeDigits(random: Random, text: string): string {
  const positions = [...text].flatMap((character, index) => {
    const following = text[index + 1] ?? "";
    return /\d/.test(character) && /\d/.test(following) && character !== following ? [index] : [];
  });
  if (positions.length === 0) return replaceDigit(random, text);
  const at = random.pick(positions);
  return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
}

export function replaceDigit(random: Random, text: string): string {
  const positions = [...text].flatMap((character, index) => (/\d/.test(character) ? [index] : []));
  if (positions.length === 0) return text;
  const at = random.pick(positions);
  const digit = (Number(text[at]) + random.integer(1, 9)) % 10;
  return text.slice(0, at) + digit + text.slice(at + 1);
}

function dropCharacter(random: Random, text: string): string {
  const at = random.integer(0, text.length - 1);
  return text.slice(0, at) + text.slice(at + 1);
}

/** An order number as somebody retypes it: still a slip or a matter of form away from the right one. */
export function mistypeOrderNumber(random: Random, number: string): string {
  switch (
    random.weighted({ transposed: 3, replaced: 3, dropped: 2, doubled: 1, prefix: 2, spaces: 2, letter: 1, lower: 1 })
  ) {
    case "transposed":
      return transposeDigits(random, number);
    case "replaced":
      return replaceDigit(random, number);
    case "dropped":
      return dropCharacter(random, number);
    case "doubled": {
      const at = random.integer(0, number.length - 1);
      return number.slice(0, at) + number[at] + number.slice(at);
    }
    case "prefix":
      return number.replace(/^[A-Z]+[-/ ]?/, "") || number;
    case "spaces":
      return number.replace(/[-/]/g, random.pick([" ", "", " - "]));
    case "letter":
      return number.replace("0", "O");
    case "lower":
      return number.toLowerCase();
  }
}

/** An invoice number as it ends up in a bank's reference. */
export function mangleReference(random: Random, number: string): string {
  switch (random.weighted({ form: 4, prefix: 3, cut: 2, letter: 3, slip: 2, zeros: 1, lower: 1 })) {
    case "form":
      return number.replace(/[-/ ]/g, random.pick([" ", "", ".", "/"]));
    case "prefix":
      return number.replace(/^[A-Z]+[-/ ]?/, "") || number;
    case "cut":
      return number.length > 6 ? number.slice(0, -random.integer(1, 2)) : number;
    case "letter": {
      const [from, to] = random.pick(LOOK_ALIKES);
      return number.replace(from, to);
    }
    case "slip":
      return random.chance(0.5) ? transposeDigits(random, number) : replaceDigit(random, number);
    case "zeros":
      return number.replace(/(^|\D)0+(?=\d)/g, "$1");
    case "lower":
      return number.toLowerCase();
  }
}

/** A supplier's name as a bank or a colleague writes it. */
export function manglePayee(random: Random, name: string): string {
  let result = name;
  const steps = random.integer(1, 3);
  for (let step = 0; step < steps; step += 1) {
    switch (random.weighted({ upper: 4, cut: 3, form: 3, short: 2, accents: 3, slip: 1, town: 1, letters: 1 })) {
      case "upper":
        result = result.toUpperCase();
        break;
      case "cut":
        result = result.slice(0, random.integer(18, 35)).trim();
        break;
      case "form":
        result = result.replace(
          /\s+(GmbH & Co\. KG|GmbH|AG|Ltd|Limited|Inc\.?|LLC|S\.A\.|SARL|S\.r\.l\.|B\.V\.|AB|Oy|PLC|Corp\.|Group|and Sons)$/i,
          "",
        );
        break;
      case "short": {
        for (const [word, short] of SHORT_WORDS) result = result.replace(word, short);
        break;
      }
      case "accents":
        result = result
          .replace(/ä/g, "ae")
          .replace(/ö/g, "oe")
          .replace(/ü/g, "ue")
          .replace(/ß/g, "ss")
          .normalize("NFKD")
          .replace(/\p{M}/gu, "");
        break;
      case "slip":
        result = dropCharacter(random, result);
        break;
      case "town":
        result = `${result} ${random.pick(["Berlin", "LONDON", "Paris 75008", "Wien"])}`;
        break;
      case "letters":
        result = result.replace(/ & /g, " + ");
        break;
    }
  }
  return result;
}
