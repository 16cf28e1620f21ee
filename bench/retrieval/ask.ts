import { parse } from "node:path";
import type { TenantContext } from "@/db/with-tenant";
import type { Document } from "@/lib/knowledge/documents";
import type { Ranks } from "./metrics";
import type { RetrievalQuestion } from "./questions/questions";

/** What is compared: where in which document a way of searching points, best first. */
export type RankedPassage = { documentId: string; startChar: number; endChar: number };

export type Search = (context: TenantContext, query: string) => Promise<RankedPassage[]>;
export type Answerable = Extract<RetrievalQuestion, { document: string }>;

/** The answer of a question as a stretch of a stored document. */
export interface Answer extends RankedPassage {
  question: Answerable;
}

/** Finds each question's quote in the stored documents. Throws for a quote that parsing lost: the question could never be answered. */
export function locateAnswers(questions: Answerable[], documents: Document[]): Answer[] {
  const byName = new Map(documents.map((document) => [parse(document.filename).name, document]));
  return questions.map((question) => {
    const document = byName.get(question.document);
    const pattern = question.quote.split(/\s+/).map(escaped).join("\\s+");
    const match = document && new RegExp(pattern).exec(document.text);
    if (!document || !match) throw new Error(`${question.id}: the quote is not in the stored ${question.document}`);
    return { question, documentId: document.id, startChar: match.index, endChar: match.index + match[0].length };
  });
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The ranks of the answer among the passages found; a passage is right when it holds at least half of the quote. */
export function rankOf(answer: Answer, found: RankedPassage[]): Ranks {
  const inDocument = (passage: RankedPassage) => passage.documentId === answer.documentId;
  const overlap = ({ startChar, endChar }: RankedPassage) =>
    Math.min(endChar, answer.endChar) - Math.max(startChar, answer.startChar);
  const isRight = (passage: RankedPassage) =>
    inDocument(passage) && overlap(passage) >= (answer.endChar - answer.startChar) / 2;
  const documents = [...new Set(found.map(({ documentId }) => documentId))];
  return { passage: found.findIndex(isRight) + 1, document: documents.indexOf(answer.documentId) + 1 };
}
