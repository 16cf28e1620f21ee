import "server-only";

import type { Message } from "@ag-ui/client";
import type { Root } from "mdast";
import type { Rating } from "@/components/chat/chat-context";
import type { Suggestion } from "@/components/chat/suggestion-list";
import { notFound } from "@/lib/failures/app-error";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { type Document, getDocument, listDocuments } from "@/lib/knowledge/documents";
import type { AssistantView } from "@/lib/paths";
import { getStoredSettings } from "@/lib/settings/get-settings";
import { findThread } from "@/lib/threads/find-thread";
import { getThread } from "@/lib/threads/get-thread";
import { listThreads } from "@/lib/threads/list-threads";
import { listRatings } from "@/lib/threads/rate-answer";
import { AGENT_ID } from "./agent-id";
import { type DocumentPart, partOf } from "./document-part";
import type { DocumentPage } from "./document-summary";
import type { Range } from "./highlight";
import { readMarkdown } from "./read-markdown";
import type { ThreadPage, ThreadView } from "./thread-summary";

interface PageQuery {
  q?: string;
  cursor?: string;
}

export async function documentPageOf(identity: RequestIdentity, query: PageQuery = {}): Promise<DocumentPage> {
  const { documents, nextCursor } = await listDocuments(identity, query);
  return {
    nextCursor,
    documents: documents.map(({ id, title, filename, bytes, version, chunkCount, updatedAt, createdBy }) => ({
      id,
      title,
      filename,
      bytes,
      version,
      chunks: chunkCount,
      updatedAt: updatedAt.toISOString(),
      editable: identity.role === "admin" || createdBy === identity.userId,
    })),
  };
}

/** An answer quoted another version of the document than the one that is shown. */
export interface CitationNotice {
  version: number;
  /** Whether the quoted passage still stands in it. */
  found: boolean;
}

export interface OpenDocument {
  document: { id: string; title: string; filename: string; version: number; updatedAt: string };
  part: DocumentPart;
  text: string;
  /** Null for a document that is plain text. */
  tree: Root | null;
  /** In characters of `text`. */
  range: Range | null;
  notice: CitationNotice | null;
}

/** A document to read and the passage that the address points to, or null when it is gone. */
export async function getOpenDocument(
  identity: RequestIdentity,
  id: string,
  view: AssistantView,
): Promise<OpenDocument | null> {
  const found = await getDocument(identity, id);
  if (!found) return null;
  const { title, filename, version, updatedAt, mime } = found;
  const cited = rangeOf(found, view);
  const part = partOf(found.text, cited, view.part);
  const text = found.text.slice(part.from, part.to);
  const inPart = cited && cited.from < part.to && cited.to > part.from;
  return {
    document: { id, title, filename, version, updatedAt: updatedAt.toISOString() },
    part,
    text,
    // Every type but plain text is stored as Markdown.
    tree: mime === "text/plain" ? null : readMarkdown(text),
    range: inPart ? { from: cited.from - part.from, to: cited.to - part.from } : null,
    notice: view.v !== undefined && view.v !== version ? { version: view.v, found: cited !== null } : null,
  };
}

function rangeOf({ version, text, chunks }: Document, { chunk, from, to, v }: AssistantView): Range | null {
  // Positions of another version mean nothing in this one; the passage itself may have survived.
  const current = v === undefined || v === version;
  if (current && from !== undefined && to !== undefined && from < to && to <= text.length) return { from, to };
  const passage = chunk ? chunks.find((one) => one.id === chunk) : undefined;
  return passage ? { from: passage.startChar, to: passage.endChar } : null;
}

export async function threadPageOf(
  identity: RequestIdentity,
  { view, ...query }: PageQuery & { view: ThreadView },
): Promise<ThreadPage> {
  const { threads, nextCursor } = await listThreads(identity, {
    ...query,
    agent: AGENT_ID,
    archived: view === "archived",
    scope: view === "tenant" ? "tenant" : "own",
  });
  return {
    nextCursor,
    threads: threads.map(({ id, title, updatedAt, archivedAt, userId }) => ({
      id,
      title,
      updatedAt: updatedAt.toISOString(),
      archived: archivedAt !== null,
      own: userId === identity.userId,
    })),
  };
}

export interface ThreadDetails {
  id: string;
  title: string;
  ratings: [messageId: string, rating: Rating][];
}

export interface OpenThread extends ThreadDetails {
  /** Set for another member's conversation, which an admin may read. */
  transcript?: { messages: Message[]; reason: string };
}

/** Title and own ratings of a thread. Throws `not_found` for one that the caller cannot read. */
export async function threadDetailsOf(identity: RequestIdentity, id: string): Promise<ThreadDetails> {
  const [thread, ratings] = await Promise.all([findThread(identity, id), listRatings(identity, id)]);
  if (!thread) throw notFound();
  return { id, title: thread.title, ratings };
}

/** The thread that the address names, or null: the chat itself says that it does not exist. */
export async function getOpenThread(identity: RequestIdentity, id: string): Promise<OpenThread | null> {
  const thread = await findThread(identity, id);
  if (!thread) return null;
  if (thread.userId === identity.userId) return { id, title: thread.title, ratings: await listRatings(identity, id) };
  const found = await getThread(identity, id);
  if (!found) return null;
  return {
    id,
    title: thread.title,
    ratings: [],
    transcript: {
      messages: found.messages,
      reason: "Another member's conversation. As an admin you can read it, not write in it.",
    },
  };
}

const SUGGESTED = 3;

/** Questions to begin with: those that an admin set, else one about each of the newest documents. */
export async function listSuggestions(identity: RequestIdentity): Promise<Suggestion[]> {
  const { suggestions } = await getStoredSettings(identity);
  if (suggestions?.length) return suggestions;
  const { documents } = await listDocuments(identity, { limit: SUGGESTED });
  return documents.map(({ title }) => {
    const question = `What does “${title}” say?`;
    return { title: question, message: question };
  });
}
