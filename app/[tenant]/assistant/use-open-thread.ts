"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { Rating } from "@/components/chat/chat-context";
import { useThreadChanges } from "@/components/sync/use-thread-changes";
import { getThreadDetails } from "./actions";
import type { OpenThread } from "./queries";

interface UseOpenThread {
  title: string;
  ratings: ReadonlyMap<string, Rating>;
  /** Asks again: titles write themselves after the first answer. */
  refresh(): void;
}

interface OpenThreadQuery {
  tenant: string;
  userId: string;
  threadId: string | undefined;
  /** The one that came with the page. */
  first: OpenThread | null;
}

/** Title and ratings of the conversation in the address, also when they are changed elsewhere. */
export function useOpenThread({ tenant, userId, threadId, first }: OpenThreadQuery): UseOpenThread {
  const [details, setDetails] = useState<Pick<OpenThread, "id" | "title" | "ratings"> | null>(first);
  useEffect(() => {
    if (first) setDetails(first);
  }, [first]);

  const refresh = useCallback(() => {
    if (!threadId) return;
    getThreadDetails(tenant, { id: threadId })
      .then((result) => result.ok && setDetails(result.data))
      // The title is an extra: the conversation itself says when it cannot be reached.
      .catch(() => {});
  }, [tenant, threadId]);

  useThreadChanges(tenant, userId, (heard) => {
    if (heard.change === "missed" || (heard.change === "renamed" && heard.threadId === threadId)) refresh();
  });

  const known = details !== null && details.id === threadId;
  useEffect(() => {
    if (threadId && !known) refresh();
  }, [threadId, known, refresh]);

  const ratings = known ? details.ratings : undefined;
  return { title: known ? details.title : "", ratings: useMemo(() => new Map(ratings), [ratings]), refresh };
}
