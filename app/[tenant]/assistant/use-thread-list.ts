"use client";

import { useCallback, useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { useThreadChanges } from "@/components/sync/use-thread-changes";
import { listThreads } from "./actions";
import type { ThreadPage, ThreadSummary, ThreadView } from "./thread-summary";

const DEBOUNCE_MS = 200;
/** A run that starts, writes a title and ends is one change to the list. */
const NEWS_DEBOUNCE_MS = 300;

interface UseThreadList extends ThreadPage {
  pending: boolean;
  failure: string | null;
  loadMore(): void;
  reload(): void;
  /** Shows a change before the server has confirmed it; null takes the thread off the list. */
  patch(id: string, change: Partial<ThreadSummary> | null): void;
}

interface ThreadListQuery {
  tenant: string;
  userId: string;
  view: ThreadView;
  q: string;
}

/** The conversations of one view, fetched while the list is open, and again when they change elsewhere. */
export function useThreadList({ tenant, userId, view, q }: ThreadListQuery): UseThreadList {
  const [page, setPage] = useState<ThreadPage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const latest = useRef(0);

  const fetchPage = useCallback(
    (cursor?: string) => listThreads(tenant, { view, q: q || undefined, cursor }).catch(() => null),
    [tenant, view, q],
  );
  const load = useCallback(
    (cursor?: string) => {
      const turn = ++latest.current;
      startTransition(async () => {
        const result = await fetchPage(cursor);
        if (turn !== latest.current) return;
        if (!result?.ok) {
          setFailure(result?.message ?? "The conversations could not be loaded. Check your connection.");
          return;
        }
        setFailure(null);
        setPage((was) =>
          cursor && was ? { ...result.data, threads: [...was.threads, ...result.data.threads] } : result.data,
        );
      });
    },
    [fetchPage],
  );

  useEffect(() => {
    const timer = setTimeout(() => load(), q ? DEBOUNCE_MS : 0);
    return () => clearTimeout(timer);
  }, [load, q]);

  /** Reads the list again as far as it is shown; what is shown stays while that runs, and when it fails. */
  const refresh = useEffectEvent(async () => {
    const turn = latest.current;
    const shown = page?.threads.length ?? 0;
    const threads: ThreadSummary[] = [];
    let nextCursor: string | null = null;
    do {
      const result: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(nextCursor ?? undefined);
      if (turn !== latest.current || !result?.ok) return;
      threads.push(...result.data.threads);
      nextCursor = result.data.nextCursor;
    } while (nextCursor && threads.length < shown);
    setPage({ threads, nextCursor });
  });
  const [changes, setChanges] = useState(0);
  useThreadChanges(tenant, userId, () => setChanges((count) => count + 1));
  useEffect(() => {
    if (changes === 0) return;
    const timer = setTimeout(() => void refresh(), NEWS_DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [changes]);

  return {
    threads: page?.threads ?? [],
    nextCursor: page?.nextCursor ?? null,
    pending: pending || page === null,
    failure,
    loadMore: () => page?.nextCursor && load(page.nextCursor),
    reload: () => load(),
    patch: (id, change) =>
      setPage(
        (was) =>
          was && {
            ...was,
            threads: was.threads.flatMap((thread) =>
              thread.id !== id ? [thread] : change ? [{ ...thread, ...change }] : [],
            ),
          },
      ),
  };
}
