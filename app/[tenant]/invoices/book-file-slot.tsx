import { FileCheck, FilePlus2 } from "lucide-react";
import { useId } from "react";
import { formatBytes } from "@/components/ui/format-bytes";
import { Progress } from "@/components/ui/progress";
import type { BookFileName } from "@/contract/invoices";
import { fileHints, fileNames } from "./file-names";

interface BookFileSlotProps {
  kind: BookFileName;
  file: File | null;
  /** How much of it was sent, from 0 to 1; null when nothing is on its way. */
  progress: number | null;
  error: string | undefined;
  onChoose(file: File): void;
}

/** The place of one file of a set. The whole place is the button that chooses it. */
export function BookFileSlot({ kind, file, progress, error, onChoose }: BookFileSlotProps) {
  const id = useId();
  const Icon = file ? FileCheck : FilePlus2;
  return (
    <div className="flex flex-col gap-1">
      <label
        htmlFor={id}
        className="flex cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent hover:border-line-strong hover:bg-canvas"
      >
        <Icon aria-hidden className={file ? "mt-0.5 size-4 text-ok" : "mt-0.5 size-4 text-ink-faint"} />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="font-medium text-sm">{fileNames[kind]}</span>
          <span className="break-words text-ink-muted text-xs">
            {file ? `${file.name}, ${formatBytes(file.size)}` : fileHints[kind]}
          </span>
          {progress === null ? null : (
            <Progress value={progress} label={`Sending ${fileNames[kind]}`} className="mt-1" />
          )}
        </span>
        <input
          id={id}
          type="file"
          className="sr-only"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          accept={kind === "bank_transactions" ? ".csv,.txt,.xml,.ofx,.qfx" : ".csv,.txt,.tsv"}
          disabled={progress !== null}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) onChoose(chosen);
            event.target.value = "";
          }}
        />
      </label>
      {error ? (
        <p id={`${id}-error`} className="text-failure text-sm">
          {error}
        </p>
      ) : null}
    </div>
  );
}
