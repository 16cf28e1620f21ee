"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { deleteDocument, listDocuments, restoreDocument } from "./actions";
import type { DocumentPage, DocumentSummary } from "./document-summary";

const DEBOUNCE_MS = 200;

interface UseDocumentList extends DocumentPage {
  q: string;
  setQ(q: string): void;
  pending: boolean;
  failure: string | null;
  loadMore(): void;
  reload(): void;
  remove(document: DocumentSummary): Promise<void>;
}

/** The tenant's documents: the first page comes with the page, searches and further pages are fetched. */
export function useDocumentList(tenant: string, first: DocumentPage): UseDocumentList {
  const router = useRouter();
  const [q, setQ] = useState("");
  const [page, setPage] = useState(first);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const latest = useRef(0);

  const load = useCallback(
    (query: string, cursor?: string) => {
      const turn = ++latest.current;
      startTransition(async () => {
        const result = await listDocuments(tenant, { q: query || undefined, cursor }).catch(() => null);
        // An answer to an older question than the one in the box would replace the newer list.
        if (turn !== latest.current) return;
        if (!result?.ok) {
          setFailure(result?.message ?? "The documents could not be loaded. Check your connection.");
          return;
        }
        setFailure(null);
        setPage((was) =>
          cursor ? { ...result.data, documents: [...was.documents, ...result.data.documents] } : result.data,
        );
      });
    },
    [tenant],
  );

  const typed = useRef(false);
  useEffect(() => {
    if (!typed.current) {
      typed.current = q !== "";
      if (!typed.current) return;
    }
    const timer = setTimeout(() => load(q), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [q, load]);
  useEffect(() => setPage(first), [first]);

  const reload = useCallback(() => (q ? load(q) : router.refresh()), [q, load, router]);
  const setShown = useCallback((id: string, shown: boolean) => {
    setHidden((was) => {
      const next = new Set(was);
      if (shown) next.delete(id);
      else next.add(id);
      return next;
    });
  }, []);

  const remove = useCallback(
    async ({ id, title }: DocumentSummary) => {
      setShown(id, false);
      const result = await deleteDocument(tenant, { id }).catch(() => null);
      if (!result?.ok) {
        setShown(id, true);
        toast.error(result?.message ?? `“${title}” could not be deleted. Check your connection.`);
        return;
      }
      reload();
      toast.success(`Deleted “${title}”`, {
        action: {
          label: "Undo",
          onClick: async () => {
            const restored = await restoreDocument(tenant, { id }).catch(() => null);
            if (!restored?.ok) toast.error(restored?.message ?? "It could not be brought back. Check your connection.");
            setShown(id, true);
            reload();
          },
        },
      });
    },
    [tenant, reload, setShown],
  );

  return {
    q,
    setQ,
    documents: page.documents.filter(({ id }) => !hidden.has(id)),
    nextCursor: page.nextCursor,
    pending,
    failure,
    loadMore: () => page.nextCursor && load(q, page.nextCursor),
    reload,
    remove,
  };
}
