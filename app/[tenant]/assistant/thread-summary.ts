/** A conversation as the list shows it. */
export interface ThreadSummary {
  id: string;
  title: string;
  updatedAt: string;
  archived: boolean;
  /** Whether the signed-in member began it; another's is read only. */
  own: boolean;
}

export interface ThreadPage {
  threads: ThreadSummary[];
  nextCursor: string | null;
}

export const titleOf = ({ title }: Pick<ThreadSummary, "title">): string => title || "New conversation";

export type ThreadView = "own" | "archived" | "tenant";
