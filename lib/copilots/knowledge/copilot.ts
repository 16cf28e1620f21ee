// The knowledge copilot: answers from the tenant's documents, with every statement's passage numbered and checked.
import { type BaseEvent, EventType } from "@ag-ui/client";
import { type Tool, tool } from "ai";
import { z } from "zod";
import {
  CITATIONS_ACTIVITY,
  type KNOWLEDGE_TOOLS,
  OPEN_DOCUMENT_CONTEXT,
  type ReadToolResult,
  type SearchToolResult,
} from "@/contract/knowledge";
import type { TenantContext } from "@/db/with-tenant";
import { verifyCitations } from "@/lib/knowledge/citations";
import { getDocument } from "@/lib/knowledge/documents";
import { nearestTitles } from "@/lib/knowledge/nearest-titles";
import { isAnswered, searchDocuments } from "@/lib/knowledge/search";
import type { CopilotDefinition } from "../copilot";
import { knowledgeInstructions } from "./instructions";
import { PassageNumbers } from "./passage-numbers";

const PASSAGES_PER_SEARCH = 6;
const NEAREST_TITLES = 3;
const PASSAGES_PER_DOCUMENT = 24;

export const knowledgeCopilot: CopilotDefinition = {
  id: "knowledge",
  description: "Answers questions from your organisation's documents and cites the passages.",
  readOnly: true,
  repeatable: true,
  pageContext: [OPEN_DOCUMENT_CONTEXT],
  begin(identity, input) {
    const context: TenantContext = { tenantId: identity.tenantId, userId: identity.userId, role: identity.role };
    const numbers = new PassageNumbers(input.messages);
    return {
      instructions: knowledgeInstructions(identity.tenantName),
      tools: {
        search_documents: tool({
          description: "Search the organisation's documents. Returns numbered passages, best first.",
          inputSchema: z.object({
            query: z.string().min(1).max(500).describe("What to look for, in the words a document would use"),
          }),
          execute: ({ query }) => searchForPassages(context, numbers, query),
        }),
        read_document: tool({
          description:
            "Read one document from its beginning, by the documentId of a search result. Returns numbered passages.",
          inputSchema: z.object({ documentId: z.string().min(1).max(64) }),
          execute: ({ documentId }) => read(context, numbers, documentId),
        }),
      } satisfies Record<keyof typeof KNOWLEDGE_TOOLS, Tool>,
      conclude: (answers) => citationEvents(context, numbers, answers),
    };
  },
};

/** What the search tool answers: passages under the numbers by which an answer cites them. */
export async function searchForPassages(
  context: TenantContext,
  numbers: PassageNumbers,
  query: string,
): Promise<SearchToolResult> {
  // More than are shown, because the first passages may all be of one document.
  const found = await searchDocuments(context, query, { limit: 2 * PASSAGES_PER_SEARCH });
  const results = found.slice(0, PASSAGES_PER_SEARCH);
  const nearest = await nearestTitles(context, query, found, NEAREST_TITLES);
  return { query, answered: isAnswered(results), passages: numbers.number(results), nearest };
}

async function read(
  context: TenantContext,
  numbers: PassageNumbers,
  documentId: string,
): Promise<ReadToolResult | { error: string }> {
  const document = await getDocument(context, documentId);
  // The model reads this and can search again; an exception would end the turn.
  if (!document) return { error: "There is no such document. Use a documentId from a search result." };
  const { title, version, chunks } = document;
  const passages = chunks
    .slice(0, PASSAGES_PER_DOCUMENT)
    .map((chunk) => ({ ...chunk, chunkId: chunk.id, documentId, title, version }));
  return { documentId, title, passages: numbers.number(passages), truncated: chunks.length > PASSAGES_PER_DOCUMENT };
}

/** One activity message for each answer that names a passage; it follows the answer in the thread and is stored with it. */
async function citationEvents(
  context: TenantContext,
  numbers: PassageNumbers,
  answers: Map<string, string>,
): Promise<BaseEvent[]> {
  const cited = [...answers].filter(([, text]) => /\[\d+\]/.test(text));
  return Promise.all(
    cited.map(async ([messageId, text]) => {
      const checked = await verifyCitations(context, numbers.all(), text);
      const content = { messageId, ...checked };
      return {
        type: EventType.ACTIVITY_SNAPSHOT,
        messageId: `${messageId}_citations`,
        activityType: CITATIONS_ACTIVITY,
        content,
      } as BaseEvent;
    }),
  );
}
