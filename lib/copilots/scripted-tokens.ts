// Made-up answers for measuring: the same seed gives the same tokens on every machine. No app code is imported here, so that a
// measurement of something else can stream exactly the same.

/** What to stream: `n` tokens at `rate` tokens/s (0: as fast as possible) of `size` characters. */
export interface Perf {
  n: number;
  rate: number;
  size: number;
  /** A markdown answer with headings, lists, a table and code instead of plain words. */
  md: boolean;
  /** Each token is `@<epoch ms>|`, so that counts and latency survive coalescing. */
  stamp: boolean;
  seed: number;
}

const WORDS =
  "arm axis base batch cable check clamp cycle drive error frame gripper guard joint limit load motor plate power probe program reach reset safety sensor speed stop switch table tool torque value zone".split(
    " ",
  );

/** A small seeded generator (mulberry32), uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The tokens of an answer, made one by one; a stamp is taken when its token is asked for. */
export function* scriptedTokens(perf: Perf): Generator<string> {
  if (perf.stamp) {
    for (let i = 0; i < perf.n; i++) yield `@${Date.now()}|`;
    return;
  }
  const random = seeded(perf.seed);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  if (!perf.md) {
    for (let i = 0; i < perf.n; i++) yield `${word()} `.padEnd(perf.size, "·").slice(0, perf.size);
    return;
  }
  let sent = 0;
  while (sent < perf.n) {
    for (const token of markdownSection(word, random)) {
      if (sent++ >= perf.n) return;
      yield token;
    }
  }
}

function* markdownSection(word: () => string, random: () => number): Generator<string> {
  const line = function* (words: number) {
    for (let i = 0; i < words; i++) yield `${word()}${i === words - 1 ? "" : " "}`;
  };
  yield "## ";
  yield* line(4);
  yield "\n\n";
  for (let sentence = 0; sentence < 3; sentence++) {
    yield* line(12);
    yield ". ";
  }
  yield "\n\n";
  for (let item = 0; item < 4; item++) {
    yield "- **";
    yield word();
    yield "** ";
    yield* line(8);
    yield "\n";
  }
  yield "\n| ";
  yield `${word()} | ${word()} | ${word()} |\n| --- | --- | --- |\n`;
  for (let row = 0; row < 3; row++) {
    yield `| ${word()} | ${Math.floor(random() * 1000)} | ${word()} |\n`;
  }
  yield "\n```ts\n";
  for (let row = 0; row < 4; row++) {
    yield `const ${word()}${row} = `;
    yield `${word()}(${Math.floor(random() * 100)});\n`;
  }
  yield "```\n\n";
}
