"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { sendFile } from "./send-file";

/** Parsing is the server's work and two at once keep it busy; the rest wait. */
const PARALLEL = 2;

/** What became of a file: told by the server, in a shape of each page's own. */
export type Outcome = { ok: true } | { ok: false; message: string };

/** Sends one file to `url` and reads the answer. Never throws. */
export type Send<T extends Outcome> = (url: string, file: File, options: Parameters<typeof sendFile>[2]) => Promise<T>;

export interface Upload<T extends Outcome> {
  key: string;
  file: File;
  state: "waiting" | "uploading" | "reading" | "done" | "failed";
  /** Share of the bytes sent, from 0 to 1. */
  progress: number;
  outcome?: T;
}

interface UseUploads<T extends Outcome> {
  uploads: readonly Upload<T>[];
  add(files: Iterable<File>): void;
  cancel(key: string): void;
  retry(key: string): void;
  /** Takes the finished ones off the list. */
  clear(): void;
}

/** A queue of files on their way to `url`; `send` is a function of the module, `onStored` is called for each that arrived. */
export function useUploads<T extends Outcome>(
  url: string,
  send: Send<T>,
  onStored: (outcome: T & { ok: true }) => void,
): UseUploads<T> {
  const [uploads, setUploads] = useState<readonly Upload<T>[]>([]);
  const controllers = useRef(new Map<string, AbortController>());
  const stored = useRef(onStored);
  useEffect(() => {
    stored.current = onStored;
  });

  const change = useCallback((key: string, patch: Partial<Upload<T>>) => {
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...patch } : upload)));
  }, []);

  useEffect(() => {
    const free = PARALLEL - controllers.current.size;
    const next = uploads
      .filter(({ key, state }) => state === "waiting" && !controllers.current.has(key))
      .slice(0, Math.max(free, 0));
    for (const { key, file } of next) {
      const controller = new AbortController();
      controllers.current.set(key, controller);
      const onProgress = (progress: number) => change(key, { state: progress < 1 ? "uploading" : "reading", progress });
      void send(url, file, { signal: controller.signal, onProgress }).then((outcome) => {
        controllers.current.delete(key);
        if (controller.signal.aborted) return;
        change(key, { state: outcome.ok ? "done" : "failed", outcome });
        if (outcome.ok) stored.current(outcome as T & { ok: true });
      });
    }
  }, [uploads, url, send, change]);

  useEffect(() => {
    const running = controllers.current;
    return () => {
      for (const controller of running.values()) controller.abort();
    };
  }, []);

  return {
    uploads,
    add: useCallback((files) => {
      const added = [...files].map(
        (file): Upload<T> => ({ key: `${Date.now()}-${Math.random()}`, file, state: "waiting", progress: 0 }),
      );
      setUploads((all) => [...all.filter(({ state }) => state !== "done"), ...added]);
    }, []),
    cancel: useCallback((key) => {
      controllers.current.get(key)?.abort();
      controllers.current.delete(key);
      setUploads((all) => all.filter((upload) => upload.key !== key));
    }, []),
    retry: useCallback((key) => change(key, { state: "waiting", progress: 0, outcome: undefined }), [change]),
    clear: useCallback(
      () => setUploads((all) => all.filter(({ state }) => state !== "done" && state !== "failed")),
      [],
    ),
  };
}
