// `npm run bench -- retrieval`: how often search finds the passage that answers, and how long it takes, beside plain AND full text.
import { demoTenants } from "@/db/seed/demo";
import { withTenant } from "@/db/with-tenant";
import { isAnswered, searchDocuments } from "@/lib/knowledge/search";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type Answer, rankOf, type Search } from "./ask";
import { loadDemoTenants, type MeasuredTenant } from "./demo-tenants";
import { type LargeTenants, measureLargeTenants } from "./large-tenants";
import { type Latency, latencyOf, type Quality, qualityOf } from "./metrics";
import { searchPlainFullText } from "./plain-full-text";
import { listRetrievalQuestions, type RetrievalQuestion } from "./questions/questions";

const OURS: Search = (context, query) => searchDocuments(context, query, { limit: 10 });
const PLAIN: Search = (context, query) => withTenant(context, (tx) => searchPlainFullText(tx, context, query));

interface Measured {
  all: Quality;
  byKind: Record<string, Quality>;
  search: Latency;
}

/** The answered signal: of the questions the documents answer and of those they do not, the share that it is right about. */
interface AnsweredSignal {
  answerable: number;
  absent: number;
  saysYesWhenAnswered: number;
  saysNoWhenNot: number;
}

export interface QualityResults {
  ours: Measured;
  plainFullText: Measured;
  answered: AnsweredSignal;
}

export interface RetrievalResults extends QualityResults {
  large: LargeTenants;
}

/** Measures on a fresh database of the server that TEST_DATABASE_URL names, and prints. */
export async function run(): Promise<RetrievalResults> {
  const database = await createTestDatabase();
  try {
    const quality = await measureQuality(database);
    print(quality);
    const large = await measureLargeTenants(database, await listQuestions());
    printLarge(large);
    return { ...quality, large };
  } finally {
    await database.drop();
  }
}

/** Stores the demo documents in `database` and asks the questions written for them, as a member of each tenant. */
export async function measureQuality(database: TestDatabase): Promise<QualityResults> {
  // The library uses the process's pool; it must be this database's.
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const tenants = await loadDemoTenants(database);
  return {
    ours: await measure(tenants, OURS),
    plainFullText: await measure(tenants, PLAIN),
    answered: await measureAnswered(tenants),
  };
}

async function listQuestions(): Promise<RetrievalQuestion[]> {
  const all = await Promise.all(demoTenants.map(({ slug }) => listRetrievalQuestions(slug)));
  return all.flat();
}

async function measure(tenants: MeasuredTenant[], search: Search): Promise<Measured> {
  const asked: { answer: Answer; ranks: ReturnType<typeof rankOf>; ms: number }[] = [];
  for (const { context, answers } of tenants) {
    for (const answer of answers) {
      const start = performance.now();
      const found = await search(context, answer.question.question);
      asked.push({ answer, ranks: rankOf(answer, found), ms: performance.now() - start });
    }
  }
  const kinds = [...new Set(asked.map(({ answer }) => answer.question.kind))];
  const quality = (kind?: string) =>
    qualityOf(asked.filter(({ answer }) => !kind || answer.question.kind === kind).map(({ ranks }) => ranks));
  return {
    all: quality(),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, quality(kind)])),
    search: latencyOf(asked.map(({ ms }) => ms)),
  };
}

async function measureAnswered(tenants: MeasuredTenant[]): Promise<AnsweredSignal> {
  const yes: boolean[] = [];
  const no: boolean[] = [];
  for (const { context, answers, unanswerable } of tenants) {
    const says = async (question: string) => isAnswered(await searchDocuments(context, question, { limit: 6 }));
    for (const { question } of answers) yes.push(await says(question.question));
    for (const { question } of unanswerable) no.push(!(await says(question)));
  }
  const share = (values: boolean[]) => Math.round((1000 * values.filter(Boolean).length) / values.length) / 1000;
  return { answerable: yes.length, absent: no.length, saysYesWhenAnswered: share(yes), saysNoWhenNot: share(no) };
}

function print({ ours, plainFullText, answered }: QualityResults): void {
  for (const [name, measured] of Object.entries({ ours, "plain AND full text": plainFullText })) {
    printQuality(name, measured.all);
    for (const [kind, quality] of Object.entries(measured.byKind)) printQuality(`  ${kind}`, quality);
    console.log(`  search ms p50 ${measured.search.p50} p95 ${measured.search.p95}`);
  }
  const { answerable, absent, saysYesWhenAnswered, saysNoWhenNot } = answered;
  console.log(`says "answered" for ${saysYesWhenAnswered} of the ${answerable} questions that the documents answer`);
  console.log(`says "not found" for ${saysNoWhenNot} of the ${absent} about matters that are absent`);
}

function printQuality(name: string, quality: Quality): void {
  const { questions, hitsAt1, hitsAt5, hitsAt10, mrr, documentHitsAt5 } = quality;
  const columns = { "hits@1": hitsAt1, "@5": hitsAt5, "@10": hitsAt10, MRR: mrr, "document@5": documentHitsAt5 };
  const shares = Object.entries(columns).map(([column, share]) => `${column} ${share.toFixed(3)}`);
  console.log([name.padEnd(22), `n ${String(questions).padStart(3)}`, ...shares].join("  "));
}

function printLarge({ tenants, chunks, chunksStoredPerSecond, search, byKind }: LargeTenants): void {
  console.log(`${tenants} tenants, ${chunks} chunks: search ms p50 ${search.p50} p95 ${search.p95} max ${search.max}`);
  for (const [kind, { p50, p95, max }] of Object.entries(byKind))
    console.log(`  ${kind.padEnd(20)} ms p50 ${p50} p95 ${p95} max ${max}`);
  console.log(`  stored ${chunksStoredPerSecond} chunks a second`);
}
