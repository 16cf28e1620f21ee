// Writing and reading the inverted index. db/schema/postings.ts says how an entry is packed.
import { sql } from "drizzle-orm";
import type { TenantContext, Tx } from "@/db/with-tenant";
import { WEIGHT_SCALE } from "./term-weights";

const BLOCK_BITS = 9;
const OFFSET_MASK = (1 << BLOCK_BITS) - 1;
const ROWS_PER_STATEMENT = 10_000;

/** The terms of one chunk, by its tenant-wide number. */
export interface ChunkTerms {
  number: number;
  weights: Map<string, number>;
}

/** Adds chunks to the index. The caller holds the corpus' lock. */
export async function addPostings(tx: Tx, context: TenantContext, chunks: ChunkTerms[]): Promise<void> {
  const rows = new Map<string, { term: string; block: number; entries: number[] }>();
  for (const { number, weights } of chunks) {
    const block = number >> BLOCK_BITS;
    for (const [term, weight] of weights) {
      const key = `${block} ${term}`;
      const row = rows.get(key) ?? { term, block, entries: [] };
      row.entries.push(((number & OFFSET_MASK) << 16) | weight);
      rows.set(key, row);
    }
  }
  const sorted = [...rows.values()].sort((a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : a.block - b.block));
  for (let at = 0; at < sorted.length; at += ROWS_PER_STATEMENT) {
    const part = sorted.slice(at, at + ROWS_PER_STATEMENT);
    // An array of arrays of different lengths has no SQL type, so each goes as text.
    const entries = part.map((row) => `{${row.entries.join(",")}}`);
    await tx.execute(sql`
      insert into flightdeck.postings (tenant_id, term, block, entries)
      select ${context.tenantId}, term, block, entries::int[]
      from unnest(
        ${sql.param(part.map((row) => row.term))}::text[],
        ${sql.param(part.map((row) => row.block))}::int[],
        ${sql.param(entries)}::text[]
      ) as new (term, block, entries)
      on conflict (tenant_id, term, block) do update set entries = postings.entries || excluded.entries`);
  }
}

/** Takes the chunks numbered `first` to `last` out of the index and forgets the words of terms that nothing holds any more. */
export async function removePostings(tx: Tx, context: TenantContext, first: number, last: number): Promise<void> {
  const [firstBlock, lastBlock] = [first >> BLOCK_BITS, last >> BLOCK_BITS];
  // Only the first and the last block can hold other documents' chunks too.
  for (const block of new Set([firstBlock, lastBlock])) {
    const from = Math.max(first - (block << BLOCK_BITS), 0);
    const to = Math.min(last - (block << BLOCK_BITS), OFFSET_MASK);
    // No join: before the first ANALYZE the planner takes a block for a few rows and would compare each of its terms with every other.
    await tx.execute(sql`
      update flightdeck.postings
      set entries = array(select e from unnest(entries) e where e >> 16 not between ${from} and ${to})
      where tenant_id = ${context.tenantId} and block = ${block}
        and exists (select 1 from unnest(entries) e where e >> 16 between ${from} and ${to})`);
  }
  const { rows } = await tx.execute<{ term: string }>(sql`
    delete from flightdeck.postings
    where tenant_id = ${context.tenantId} and block between ${firstBlock} and ${lastBlock}
      and (entries = '{}' or (block > ${firstBlock} and block < ${lastBlock}))
    returning term`);
  if (rows.length > 0) await forgetWords(tx, context, [...new Set(rows.map(({ term }) => term))]);
}

/** Removes the words of those of `terms` that no chunk holds any more. */
async function forgetWords(tx: Tx, context: TenantContext, terms: string[]): Promise<void> {
  await tx.execute(sql`
    delete from flightdeck.vocabulary v
    where v.tenant_id = ${context.tenantId} and v.term = any(${sql.param(terms)}::text[])
      and not exists (select 1 from flightdeck.postings p where p.tenant_id = ${context.tenantId} and p.term = v.term)`);
}

/** Where one term stands: chunk numbers and, in the same order, the term's weight in each. */
export interface Posting {
  numbers: number[];
  weights: number[];
}

/** What the index says about some terms; a term that no document holds is missing. */
export interface FoundPostings {
  /** How many chunks the tenant has; 0 when none of the terms was found. */
  total: number;
  postings: Map<string, Posting>;
}

/** The postings of `terms`, as the tenant's role sees them. */
export async function loadPostings(tx: Tx, context: TenantContext, terms: string[]): Promise<FoundPostings> {
  const postings = new Map<string, Posting>();
  if (terms.length === 0) return { total: 0, postings };
  // The total comes along, because each round trip costs as much as the look-up itself.
  const { rows } = await tx.execute<{ term: string; block: number; entries: string; total: number }>(sql`
    select term, block, array_to_string(entries, ' ') as entries,
      (select chunks from flightdeck.corpora where tenant_id = ${context.tenantId}) as total
    from flightdeck.postings
    where tenant_id = ${context.tenantId} and term = any(${sql.param(terms)}::text[])`);
  for (const { term, block, entries } of rows) {
    const posting = postings.get(term) ?? { numbers: [], weights: [] };
    postings.set(term, posting);
    for (const text of entries.split(" ")) {
      const entry = Number(text);
      posting.numbers.push((block << BLOCK_BITS) | (entry >> 16));
      posting.weights.push((entry & 0xffff) / WEIGHT_SCALE);
    }
  }
  return { total: rows[0]?.total ?? 0, postings };
}
