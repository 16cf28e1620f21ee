/**
 * Forms of one word that no rule of endings joins: a question says "breaks", the manual "broken". Regular forms are the stemmer's matter.
 * Each group is one word.
 */
const FORMS = `
  awake awoke awoken, bear bore borne, beat beaten, become became, begin began begun, bend bent, bite bit bitten, blow blew blown,
  break broke broken, bring brought, build built, burn burnt, buy bought, catch caught, choose chose chosen, dig dug, draw drew drawn,
  drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found, fly flew flown,
  forbid forbade forbidden, forget forgot forgotten, freeze froze frozen, give gave given, grow grew grown, hang hung, hear heard,
  hide hid hidden, hold held, keep kept, know knew known, lead led, learn learnt, leave left, lend lent, lie lay lain, lose lost loss,
  meet met, pay paid, ride rode ridden, ring rang rung, rise rose risen, run ran, see saw seen, seek sought, sell sold sale, send sent,
  shake shook shaken, shine shone, shoot shot, shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat, sleep slept, slide slid,
  speak spoke spoken, spend spent, spin spun, stand stood, steal stole stolen, stick stuck, strike struck, swear swore sworn,
  sweep swept, swim swam swum, teach taught, tear tore torn, think thought, throw threw thrown, wake woke woken, wear wore worn, win won,
  wind wound, write wrote written, child children, person people, man men, woman women, foot feet, tooth teeth, mouse mice, goose geese,
  half halves, knife knives, life lives, leaf leaves, shelf shelves, wife wives, analysis analyses, basis bases, criterion criteria,
  datum data, index indices indexes, matrix matrices, store storage, weigh weight, long length, wide width, deep depth, high height,
  strong strength, hot heat, deliver delivery, maintain maintenance, receive receipt, describe description, decide decision,
  extend extension, expand expansion, permit permission, subscribe subscription, choose choice, die death dead, live life, born birth,
  grow growth, know knowledge, prove proof, speak speech, warm warmth, true truth, apply application, retain retention,
  explode explosion, collide collision, divide division, invade invasion, produce production, reduce reduction, destroy destruction,
  construct construction, sign signature, secure security, safe safety, able ability
`;

const GROUPS = FORMS.split(",").map((group) => group.trim().split(" "));
const OTHERS = readForms();
const BASES = new Set(GROUPS.map(([base]) => base));

/** The other forms of `word`; none for most words. */
export function formsOf(word: string): readonly string[] {
  // Verb endings follow a base, never a past form: a founder founds, and finds nothing.
  const takesAnyForm = !/(?:ed|ing|er)$/.test(word);
  for (const form of baseForms(word)) {
    const others = form === word || takesAnyForm || BASES.has(form) ? OTHERS.get(form) : undefined;
    if (others) return others;
  }
  return [];
}

function readForms(): Map<string, string[]> {
  const others = new Map<string, string[]>();
  for (const words of GROUPS) {
    for (const word of words)
      others.set(word, [...new Set([...(others.get(word) ?? []), ...words.filter((other) => other !== word)])]);
  }
  return others;
}

/** `word`, then what it may be a regular form of: `charged` of charge, `stopped` of stop, `policies` of policy. */
export function baseForms(word: string): string[] {
  const [, start, ending] = /^(.{3,}?)(ies|es|s|ied|ed|ing|er)$/.exec(word) ?? [];
  if (!start || !ending) return [word];
  if (ending === "ies" || ending === "ied") return [word, `${start}y`];
  const single = start.replace(/([bdfgklmnprt])\1$/, "$1");
  return [word, `${start}e`, start, single];
}
