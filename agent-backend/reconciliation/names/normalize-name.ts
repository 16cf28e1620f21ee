/** A supplier's name prepared for comparison. */
export interface PreparedName {
  /** Upper-case words without accents, punctuation and legal forms. */
  words: string[];
  /** The same with legal forms, run together: truncated names are prefixes of this. */
  full: string;
  /** The legal form the name ends in, in one spelling; empty when it has none. */
  form: string;
}

// Each line is one form: companies that differ in it are different, those that spell it differently are not.
const LEGAL_FORMS = new Map(
  [
    "GMBH MBH GESMBH",
    "AG",
    "KG KGAA OHG",
    "UG",
    "LTD LIMITED",
    "LLC",
    "LLP LP",
    "INC INCORPORATED",
    "CORP CORPORATION",
    "PLC",
    "SA",
    "SAS SASU",
    "SARL",
    "SRL",
    "SPA",
    "SL SLU",
    "BV",
    "NV",
    "AB",
    "OY OYJ",
    "AS ASA",
    "APS",
    "PTY PTE",
    "KK",
    "SRO",
    "KFT ZRT",
    "SE",
    "GROUP GRUPPE HOLDING",
    "EK EV",
  ].flatMap((spellings) => spellings.split(" ").map((word, _, [form = ""]) => [word, form] as const)),
);
const CO = new Set(["CO", "COMPANY"]);
const FILLERS = new Set(["AND", "UND", "ET", "THE", "OF", "DER", "DIE", "DAS", "VON", "DE", "LA"]);

// Two-letter spellings of umlauts count as the plain vowel, on both sides of a comparison.
const SPELLED_UMLAUTS: [RegExp, string][] = [
  [/AE/g, "A"],
  [/OE/g, "O"],
  [/UE/g, "U"],
];

export function prepareName(name: string): PreparedName {
  let text = name
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase();
  for (const [spelling, vowel] of SPELLED_UMLAUTS) text = text.replace(spelling, vowel);
  // "G.m.b.H." and "S.A." are one word each, not a row of letters.
  text = text.replace(/\b(?:[A-Z]{1,3}\.){2,}(?:[A-Z]{1,3}\b)?/g, (initials) => initials.replaceAll(".", ""));
  text = text.replace(/['’`]/g, "");
  const all = text.split(/[^A-Z0-9]+/).filter((word) => word !== "");
  const significant = all.filter((word) => !LEGAL_FORMS.has(word) && !CO.has(word) && !FILLERS.has(word));
  const form = all.flatMap((word) => LEGAL_FORMS.get(word) ?? [])[0] ?? "";
  return { words: significant.length > 0 ? significant : all, full: all.join(""), form };
}
