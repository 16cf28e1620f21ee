"use client";

import { FileText, MessageSquare } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { PaletteSearch } from "@/components/shell/palette-actions";
import { paths } from "@/lib/paths";
import { listDocuments, listThreads } from "./actions";
import { titleOf } from "./thread-summary";

const EACH_MAX = 5;

/** Documents and one's own conversations, by the words in the palette. */
export function usePaletteSearch(
  tenant: string,
  threadId: string | undefined,
  showThread: (id: string) => void,
): PaletteSearch {
  const router = useRouter();
  return useCallback(
    async (q) => {
      const [documents, threads] = await Promise.all([
        listDocuments(tenant, { q }),
        listThreads(tenant, { q, view: "own" }),
      ]);
      return [
        ...(documents.ok ? documents.data.documents : []).slice(0, EACH_MAX).map(({ id, title }) => ({
          id,
          group: "Documents",
          label: title,
          icon: FileText,
          run: () => router.push(paths.assistant(tenant, { thread: threadId, doc: id }), { scroll: false }),
        })),
        ...(threads.ok ? threads.data.threads : []).slice(0, EACH_MAX).map((thread) => ({
          id: thread.id,
          group: "Conversations",
          label: titleOf(thread),
          icon: MessageSquare,
          run: () => showThread(thread.id),
        })),
      ];
    },
    [tenant, threadId, router, showThread],
  );
}
