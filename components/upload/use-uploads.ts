"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { FileQueue, type Outcome, type Upload } from "./file-queue";
import type { sendFile } from "./send-file";

/** Sends one file to `url` and reads the answer. Never throws. */
export type Send<T extends Outcome> = (url: string, file: File, options: Parameters<typeof sendFile>[2]) => Promise<T>;

interface UseUploads<T extends Outcome> extends Pick<FileQueue<T>, "add" | "cancel" | "retry" | "clear"> {
  uploads: readonly Upload<T>[];
}

/** A queue of files on their way to `url`, broken off when the page is left; `onStored` is called for each that arrived. */
export function useUploads<T extends Outcome>(
  url: string,
  send: Send<T>,
  onStored: (outcome: T & { ok: true }) => void,
): UseUploads<T> {
  const latest = useRef({ url, send, onStored });
  useEffect(() => {
    latest.current = { url, send, onStored };
  });
  const [queue] = useState(
    () =>
      new FileQueue<T>(
        (file, options) => latest.current.send(latest.current.url, file, options),
        (outcome) => latest.current.onStored(outcome),
      ),
  );
  useEffect(() => queue.abandon, [queue]);
  const uploads = useSyncExternalStore(queue.subscribe, queue.snapshot, queue.snapshot);
  return { uploads, add: queue.add, cancel: queue.cancel, retry: queue.retry, clear: queue.clear };
}
