import type { Message } from "@ag-ui/client";
import { type Passage, readToolResultSchema, type SearchResult, searchToolResultSchema } from "@/contract/knowledge";

/**
 * Numbers passages so that [7] means one passage for the whole thread: numbers go on where earlier turns stopped, and a passage that
 * was shown before keeps its number while its document has not changed.
 */
export class PassageNumbers {
  private readonly byNumber = new Map<number, Passage>();
  private readonly byPassage = new Map<string, number>();

  constructor(history: Message[]) {
    for (const message of history)
      if (message.role === "tool") for (const passage of passagesIn(message.content)) this.remember(passage);
  }

  number(results: (Omit<SearchResult, "score"> & { score?: number })[]): Passage[] {
    const best = Math.max(0, ...results.map(({ score }) => score ?? 0));
    return results.map((result) => {
      const known = this.byPassage.get(keyOf(result));
      const { documentId, title, chunkId, heading, text, position, version, startChar, endChar } = result;
      const passage = {
        n: known ?? this.byNumber.size + 1,
        documentId,
        title,
        chunkId,
        heading,
        text,
        position,
        version,
        startChar,
        endChar,
        ...(result.score !== undefined && best > 0 && { fit: Math.round((100 * result.score) / best) / 100 }),
      };
      this.remember(passage);
      return passage;
    });
  }

  all(): Passage[] {
    return [...this.byNumber.values()];
  }

  private remember(passage: Passage): void {
    this.byNumber.set(passage.n, passage);
    this.byPassage.set(keyOf(passage), passage.n);
  }
}

const keyOf = ({ chunkId, version }: { chunkId: string; version: number }) => `${chunkId} ${version}`;

function passagesIn(content: unknown): Passage[] {
  if (typeof content !== "string") return [];
  try {
    const value: unknown = JSON.parse(content);
    const search = searchToolResultSchema.safeParse(value);
    if (search.success) return search.data.passages;
    const read = readToolResultSchema.safeParse(value);
    return read.success ? read.data.passages : [];
  } catch {
    // Another tool's plain-text result.
    return [];
  }
}
