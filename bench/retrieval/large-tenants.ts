import pg from "pg";
import { demoTenants, listDemoDocuments } from "@/db/seed/demo";
import type { TenantContext } from "@/db/with-tenant";
import { ingestDocument } from "@/lib/knowledge/ingest";
import { searchDocuments } from "@/lib/knowledge/search";
import type { TestDatabase } from "@/test/database";
import { provision } from "./demo-tenants";
import { type Latency, latencyOf } from "./metrics";
import type { RetrievalQuestion } from "./questions/questions";

export const TENANTS = 20;
export const CHUNKS_PER_TENANT = 5_000;
const CHUNKS_PER_DOCUMENT = 50;
const SENTENCES_PER_CHUNK = 7;
const WARM_UP = 40;
const ROUNDS = 4;

/** How long searching and storing take in 20 tenants of 5,000 chunks each, as the tenants' own role. */
export interface LargeTenants {
  tenants: number;
  chunks: number;
  /** Chunks stored a second, everything included. */
  chunksStoredPerSecond: number;
  search: Latency;
  byKind: Record<string, Latency>;
}

/**
 * Fills the tenants with documents made of the demo documents' sentences, in which every fifth word is swapped for a made-up one of
 * a long-tailed vocabulary, then asks `questions` in turn of all tenants, one after another.
 */
export async function measureLargeTenants(
  database: TestDatabase,
  questions: RetrievalQuestion[],
): Promise<LargeTenants> {
  const begun = performance.now();
  const { contexts, chunks } = await fillTenants(database);
  const seconds = (performance.now() - begun) / 1000;
  await settle(database);
  return {
    tenants: TENANTS,
    chunks,
    chunksStoredPerSecond: Math.round(chunks / seconds),
    ...(await measureSearch(contexts, questions)),
  };
}

async function fillTenants(database: TestDatabase): Promise<{ contexts: TenantContext[]; chunks: number }> {
  const random = generator(20);
  const sentences = await demoSentences();
  const contexts: TenantContext[] = [];
  let chunks = 0;
  for (let i = 0; i < TENANTS; i++) {
    const context = await provision(database, `large-${i}`, `Large tenant ${i}`);
    contexts.push(context);
    for (let stored = 0, n = 0; stored < CHUNKS_PER_TENANT; n++) {
      const bytes = new TextEncoder().encode(madeUpDocument(sentences, random, `${i}-${n}`));
      const document = await ingestDocument(context, { filename: `made-up-${n}.md`, bytes });
      stored += document.chunks;
      chunks += document.chunks;
    }
  }
  return { contexts, chunks };
}

/** Does what autovacuum would be doing during the first questions, so that a server is measured as it is on any other day. */
async function settle({ adminUrl }: TestDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("vacuum (analyze)");
  } finally {
    await client.end();
  }
}

/** Asks the questions in turn of all tenants, one after another, and times each kind of question for itself. */
export async function measureSearch(
  contexts: TenantContext[],
  questions: RetrievalQuestion[],
): Promise<Pick<LargeTenants, "search" | "byKind">> {
  const asked: { kind: string; ms: number }[] = [];
  for (let i = 0; i < questions.length * ROUNDS + WARM_UP; i++) {
    const context = contexts[i % contexts.length] as TenantContext;
    const { question, kind } = questions[i % questions.length] as RetrievalQuestion;
    const start = performance.now();
    await searchDocuments(context, question, { limit: 8 });
    if (i >= WARM_UP) asked.push({ kind, ms: performance.now() - start });
  }
  const kinds = [...new Set(asked.map(({ kind }) => kind))];
  const latency = (fits: (kind: string) => boolean) =>
    latencyOf(asked.filter(({ kind }) => fits(kind)).map(({ ms }) => ms));
  return {
    search: latency(() => true),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, latency((asked) => asked === kind)])),
  };
}

async function demoSentences(): Promise<string[]> {
  const texts = await Promise.all(demoTenants.map(({ slug }) => listDemoDocuments(slug)));
  return texts
    .flat()
    .filter(({ filename }) => filename.endsWith(".md"))
    .flatMap(({ bytes }) => new TextDecoder().decode(bytes).split(/(?<=[.!?])\s+|\n+/))
    .map((sentence) => sentence.replaceAll(/[#*|>`-]+/g, " ").trim())
    .filter((sentence) => sentence.split(/\s+/).length >= 5);
}

function madeUpDocument(sentences: string[], random: () => number, name: string): string {
  const parts = [`# Made-up document ${name}`];
  for (let section = 0; section < CHUNKS_PER_DOCUMENT; section++) {
    const picked = Array.from(
      { length: SENTENCES_PER_CHUNK },
      () => sentences[Math.floor(random() * sentences.length)] ?? "",
    );
    const text = picked.join(" ").replaceAll(/\p{L}{4,}/gu, (word) => (random() < 0.2 ? madeUpWord(random) : word));
    parts.push(`## Section ${section} ${madeUpWord(random)}`, text);
  }
  return parts.join("\n\n");
}

const SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi wo zu ka le mi no pu ra se ti vo xu ja he".split(" ");

/** A word of a vocabulary of some 20,000, in which few are common and most are rare. */
function madeUpWord(random: () => number): string {
  let rank = Math.floor(20_000 ** random());
  let word = "";
  for (let i = 0; i < 4; i++) {
    word += SYLLABLES[rank % SYLLABLES.length];
    rank = Math.floor(rank / SYLLABLES.length) + i * 7;
  }
  return word;
}

/** A small repeatable generator (Numerical Recipes' LCG): the same corpus each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
