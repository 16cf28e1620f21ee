"use client";

import { CircleCheck, RotateCw, TriangleAlert, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/components/ui/format-bytes";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import type { Upload } from "@/components/upload/file-queue";
import { countPassages } from "./count-passages";
import type { UploadOutcome } from "./upload-file";

type DocumentUpload = Upload<UploadOutcome>;

interface UploadQueueProps {
  uploads: readonly DocumentUpload[];
  onCancel(key: string): void;
  onRetry(key: string): void;
  onClear(): void;
}

/** Every file on its way, with what became of it. */
export function UploadQueue({ uploads, onCancel, onRetry, onClear }: UploadQueueProps) {
  if (uploads.length === 0) return null;
  const open = uploads.filter(({ state }) => state !== "done" && state !== "failed").length;
  return (
    <section aria-label="Uploads" className="border-line border-b bg-canvas px-4 py-2">
      <div className="flex items-center justify-between">
        <p role="status" className="text-ink-muted text-xs">
          {open > 0 ? `Uploading ${open} of ${uploads.length}` : "Uploads finished"}
        </p>
        <Button variant="ghost" size="sm" onClick={onClear} disabled={open === uploads.length}>
          Clear
        </Button>
      </div>
      <ul className="max-h-52 overflow-y-auto">
        {uploads.map((upload) => (
          <li key={upload.key} className="flex min-h-9 items-center gap-2 text-sm">
            <UploadIcon upload={upload} />
            <span className="min-w-0 max-w-[40%] truncate" title={upload.file.name}>
              {upload.file.name}
            </span>
            <span className="min-w-0 flex-1 text-ink-faint text-xs">
              <UploadState upload={upload} />
            </span>
            {upload.state === "failed" ? (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Try ${upload.file.name} again`}
                onClick={() => onRetry(upload.key)}
              >
                <RotateCw aria-hidden />
              </Button>
            ) : null}
            {upload.state === "done" ? null : (
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Cancel ${upload.file.name}`}
                onClick={() => onCancel(upload.key)}
              >
                <X aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UploadIcon({ upload: { state } }: { upload: DocumentUpload }) {
  if (state === "done") return <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" />;
  if (state === "failed") return <TriangleAlert aria-hidden className="size-4 shrink-0 text-failure" />;
  return <Spinner className="shrink-0" />;
}

function UploadState({ upload: { state, file, progress, outcome } }: { upload: DocumentUpload }) {
  switch (state) {
    case "waiting":
      return "Waiting";
    case "uploading":
      return (
        <Progress value={progress} label={`Sending ${file.name}, ${formatBytes(file.size)}`} className="max-w-60" />
      );
    case "reading":
      return "Reading and indexing…";
    case "done":
      return outcome?.ok
        ? outcome.duplicate
          ? `Already here as “${outcome.title}”`
          : `Stored, ${countPassages(outcome.chunks)}`
        : null;
    case "failed":
      return <span className="text-failure">{outcome?.ok === false ? outcome.message : "Failed"}</span>;
  }
}
