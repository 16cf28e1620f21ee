/** What can happen to a thread that its owner's other tabs and devices should learn. */
export type ThreadChangeKind =
  | "run-started"
  | "run-ended"
  | "created"
  | "renamed"
  | "archived"
  | "deleted"
  /** Back in the list: out of the archive, or not deleted after all. */
  | "restored";

export interface ThreadChange {
  threadId: string;
  change: ThreadChangeKind;
}

/** What a page hears: a change, `missed` when some may not have come through, and `alive` now and then. */
export type ThreadNews = ThreadChange | { change: "missed" } | { change: "alive" };
