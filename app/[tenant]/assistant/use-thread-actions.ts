"use client";

import { toast } from "sonner";
import { archiveThread, deleteThread, renameThread, restoreThread } from "./actions";
import { type ThreadSummary, titleOf } from "./thread-summary";
import type { useThreadList } from "./use-thread-list";

export interface ThreadActions {
  rename(thread: ThreadSummary, title: string): Promise<void>;
  archive(thread: ThreadSummary): Promise<void>;
  remove(thread: ThreadSummary): Promise<void>;
}

interface UseThreadActions {
  tenant: string;
  list: ReturnType<typeof useThreadList>;
  current: string | undefined;
  onCurrentGone(): void;
  onRenamed(): void;
}

type Outcome = { ok: true } | { ok: false; message: string };

/** What can be done to a conversation of one's own: shown at once, taken back when the server refuses. */
export function useThreadActions({ tenant, list, current, onCurrentGone, onRenamed }: UseThreadActions): ThreadActions {
  const settle = async (work: Promise<Outcome>, onFailure: () => void): Promise<boolean> => {
    const result = await work.catch(
      (): Outcome => ({ ok: false, message: "That did not work. Check your connection." }),
    );
    if (result.ok) return true;
    onFailure();
    toast.error(result.message);
    return false;
  };

  return {
    async rename({ id, title: before }, title) {
      list.patch(id, { title });
      if (await settle(renameThread(tenant, { id, title }), () => list.patch(id, { title: before }))) onRenamed();
    },
    async archive({ id, archived, title }) {
      list.patch(id, null);
      if (!(await settle(archiveThread(tenant, { id, archived: !archived }), list.reload))) return;
      toast.success(archived ? `“${titleOf({ title })}” is back in your list` : `Archived “${titleOf({ title })}”`, {
        action: {
          label: "Undo",
          onClick: () => void settle(archiveThread(tenant, { id, archived }), () => {}).then(list.reload),
        },
      });
    },
    async remove({ id, title }) {
      list.patch(id, null);
      if (!(await settle(deleteThread(tenant, { id }), list.reload))) return;
      if (id === current) onCurrentGone();
      toast.success(`Deleted “${titleOf({ title })}”`, {
        action: {
          label: "Undo",
          onClick: () => void settle(restoreThread(tenant, { id }), () => {}).then(list.reload),
        },
      });
    },
  };
}
