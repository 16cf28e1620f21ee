import { sql } from "drizzle-orm";
import type { TenantContext, Tx } from "@/db/with-tenant";

/** Remembers how words are written. Numbers and identifiers are left out: the nearest number to a number is another fact. */
export async function learnWords(
  tx: Tx,
  context: TenantContext,
  words: Iterable<string>,
  stem: (word: string) => string,
) {
  const learnt = [...new Set(words)].filter((word) => /^\p{L}{3,}$/u.test(word)).sort();
  if (learnt.length === 0) return;
  await tx.execute(sql`
    insert into flightdeck.vocabulary (tenant_id, word, term)
    select ${context.tenantId}, word, term
    from unnest(${sql.param(learnt)}::text[], ${sql.param(learnt.map(stem))}::text[]) as learnt (word, term)
    on conflict do nothing`);
}

/** A known word and the term it is indexed under. */
export type KnownWord = { word: string; term: string };

const CANDIDATES_MAX = 1_000;
const SLIPS_MAX = 2;
/** How much longer a word may be that the asked one is the beginning of. */
const LONGER_BY_MAX = 6;

/** For each of `words`, the known words that share its first or its last half: everything one slip away is among them. */
export async function wordsLike(tx: Tx, context: TenantContext, words: string[]): Promise<Map<string, KnownWord[]>> {
  const found = new Map<string, KnownWord[]>();
  if (words.length === 0) return found;
  const half = words.map((word) => Math.max(2, Math.floor(word.length / 2) - (word.length > 5 ? 1 : 0)));
  const starts = words.map((word, i) => word.slice(0, half[i]));
  const ends = words.map((word, i) => [...word.slice(-(half[i] ?? 2))].reverse().join(""));
  const { rows } = await tx.execute<{ asked: string } & KnownWord>(sql`
    select asked.word as asked, v.word, v.term
    from unnest(${sql.param(words)}::text[], ${sql.param(starts)}::text[], ${sql.param(ends)}::text[]) as asked (word, starts, ends)
    cross join lateral (
      (select word, term from flightdeck.vocabulary v
       where tenant_id = ${context.tenantId} and word ~>=~ asked.starts and word ~<~ (asked.starts || chr(1114111))
         and length(v.word) between length(asked.word) - ${SLIPS_MAX} and length(asked.word) + ${LONGER_BY_MAX}
       limit ${CANDIDATES_MAX})
      union
      (select word, term from flightdeck.vocabulary v
       where tenant_id = ${context.tenantId} and reversed ~>=~ asked.ends and reversed ~<~ (asked.ends || chr(1114111))
         and length(v.word) between length(asked.word) - ${SLIPS_MAX} and length(asked.word) + ${SLIPS_MAX}
       limit ${CANDIDATES_MAX})
    ) v`);
  for (const { asked, word, term } of rows) {
    const known = found.get(asked) ?? [];
    known.push({ word, term });
    found.set(asked, known);
  }
  return found;
}
