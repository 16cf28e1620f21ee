import { z } from "zod";

/** A passage as retrieval returns it. Character positions refer to the document's normalised text of that version. */
export const searchResultSchema = z.object({
  documentId: z.string(),
  title: z.string(),
  chunkId: z.string(),
  /** Headings above the passage, outermost first, joined by " › ". */
  heading: z.string(),
  text: z.string(),
  /** Higher is better; comparable within one answer only. */
  score: z.number(),
  /** The passage's place in its document, from 0. */
  position: z.number().int(),
  version: z.number().int(),
  startChar: z.number().int(),
  endChar: z.number().int(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** A passage that was given to the model under a number; the number is unique in its thread. */
export const passageSchema = searchResultSchema.omit({ score: true }).extend({
  n: z.number().int().positive(),
  /** Of a search's passage: how well it fits beside the best one of that search, which has 1. */
  fit: z.number().min(0).max(1).optional(),
});
export type Passage = z.infer<typeof passageSchema>;

/** The tools of the knowledge copilot, in the words of people: for the page where their calls are given a price. */
export const KNOWLEDGE_TOOLS = { search_documents: "Search documents", read_document: "Read a document" } as const;

/** What the `search_documents` tool answers. `nearest` names the closest titles when no passage fits. */
export const searchToolResultSchema = z.object({
  query: z.string(),
  /** Whether the passages look like an answer, by how much of the question they cover; a weak hit is shown, not trusted. */
  answered: z.boolean(),
  passages: z.array(passageSchema),
  nearest: z.array(z.object({ documentId: z.string(), title: z.string() })),
});
export type SearchToolResult = z.infer<typeof searchToolResultSchema>;

/** What the `read_document` tool answers: the document from its beginning, as numbered passages. */
export const readToolResultSchema = z.object({
  documentId: z.string(),
  title: z.string(),
  passages: z.array(passageSchema),
  /** True when the document goes on after the last passage. */
  truncated: z.boolean(),
});
export type ReadToolResult = z.infer<typeof readToolResultSchema>;

/** A citation that was checked: `quote` stands in the stored document text at exactly [startChar, endChar). */
export const citationSchema = z.object({
  n: z.number().int().positive(),
  documentId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  heading: z.string(),
  version: z.number().int(),
  quote: z.string(),
  startChar: z.number().int(),
  endChar: z.number().int(),
});
export type Citation = z.infer<typeof citationSchema>;

/** Name under which the page tells which document is open beside the chat. */
export const OPEN_DOCUMENT_CONTEXT = "Open document";

/** Type of the AG-UI activity message that carries an answer's citations; it follows the assistant message that it names. */
export const CITATIONS_ACTIVITY = "citations";
export const citationsActivitySchema = z.object({
  messageId: z.string(),
  citations: z.array(citationSchema),
  /** Numbers that the answer named and no stored passage supports; they are shown as unverified. */
  unverified: z.array(z.number().int()),
});
export type CitationsActivity = z.infer<typeof citationsActivitySchema>;
