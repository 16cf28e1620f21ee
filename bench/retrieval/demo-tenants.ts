import { demoTenants, listDemoDocuments } from "@/db/seed/demo";
import type { TenantContext } from "@/db/with-tenant";
import { type Document, getDocument, listDocuments } from "@/lib/knowledge/documents";
import { ingestDocument } from "@/lib/knowledge/ingest";
import type { TestDatabase } from "@/test/database";
import { type Answer, type Answerable, locateAnswers } from "./ask";
import { listRetrievalQuestions, type RetrievalQuestion } from "./questions/questions";

/** A demo tenant with its documents stored and its questions ready. */
export interface MeasuredTenant {
  slug: string;
  context: TenantContext;
  answers: Answer[];
  unanswerable: RetrievalQuestion[];
}

/** Stores the demo documents of every demo tenant through the ingest that uploads use. */
export async function loadDemoTenants(database: TestDatabase): Promise<MeasuredTenant[]> {
  const measured: MeasuredTenant[] = [];
  for (const { slug, name } of demoTenants) {
    const context = await provision(database, slug, name);
    for (const { filename, bytes } of await listDemoDocuments(slug)) await ingestDocument(context, { filename, bytes });
    const questions = await listRetrievalQuestions(slug);
    const answerable = questions.filter((question): question is Answerable => question.document !== null);
    measured.push({
      slug,
      context,
      answers: locateAnswers(answerable, await readAll(context)),
      unanswerable: questions.filter(({ document }) => document === null),
    });
  }
  return measured;
}

export async function provision(database: TestDatabase, slug: string, name: string): Promise<TenantContext> {
  const member = { userId: "bench", email: "bench@example.test", role: "member" as const };
  return {
    tenantId: await database.provision({ slug, name, members: [member] }),
    userId: member.userId,
    role: "member",
  };
}

async function readAll(context: TenantContext): Promise<Document[]> {
  const { documents } = await listDocuments(context, { limit: 100 });
  const read = await Promise.all(documents.map(({ id }) => getDocument(context, id)));
  return read.filter((document) => document !== null);
}
