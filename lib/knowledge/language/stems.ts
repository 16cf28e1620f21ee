import { sql } from "drizzle-orm";
import type { Tx } from "@/db/with-tenant";

/** Postgres' own dictionary; another language is another name here (`german_stem`) and stop words of its own. */
const DICTIONARY = "english_stem";
const REMEMBERED_MAX = 300_000;

// A word's stem never changes while a server runs, and it is nobody's data: one memory serves all tenants.
const remembered = new Map<string, string>();

/** The term a word is indexed under: `returns`, `returned` and `return` are one. Identifiers and numbers stay as they are. */
export type Stemmer = (word: string) => string;

/** A stemmer that knows all of `words`: those not seen before are asked of Postgres in one query. */
export async function knowStems(tx: Tx, words: Iterable<string>): Promise<Stemmer> {
  if (remembered.size > REMEMBERED_MAX) remembered.clear();
  const unknown = new Set<string>();
  for (const word of words) if (!remembered.has(word) && hasStem(word)) unknown.add(word);
  if (unknown.size > 0) {
    const { rows } = await tx.execute<{ word: string; stem: string }>(sql`
      select word, coalesce((ts_lexize(${`pg_catalog.${DICTIONARY}`}::regdictionary, word))[1], word) as stem
      from unnest(${sql.param([...unknown])}::text[]) as word`);
    for (const { word, stem } of rows) remembered.set(word, stem);
  }
  return (word) => remembered.get(word) ?? word;
}

const hasStem = (word: string): boolean => /^\p{L}{3,}$/u.test(word);
