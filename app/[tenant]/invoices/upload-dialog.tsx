"use client";

import { FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { BOOK_FILES, type BookFileName, type UploadedBooks } from "@/contract/invoices";
import { paths } from "@/lib/paths";
import { BookFileSlot } from "./book-file-slot";
import { fileProgress } from "./file-progress";
import { guessBookFile } from "./guess-book-file";
import { type BooksOutcome, uploadBooks } from "./upload-books";

interface UploadDialogProps {
  tenant: string;
  open: boolean;
  onOpenChange(open: boolean): void;
  /** Files that were dropped on the page. */
  dropped: readonly File[];
  onStored(books: UploadedBooks): void;
}

type Chosen = Partial<Record<BookFileName, File>>;

const HEAD_BYTES = 4_096;

/** The three files of a set: chosen one by one or all at once, sent together, each with its own progress and refusal. */
export function UploadDialog({ tenant, open, onOpenChange, dropped, onStored }: UploadDialogProps) {
  const [chosen, setChosen] = useState<Chosen>({});
  const [unplaced, setUnplaced] = useState<string[]>([]);
  const [progress, setProgress] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<(BooksOutcome & { ok: false }) | null>(null);
  const sending = useRef<AbortController | null>(null);
  const busy = progress !== null;

  /** Puts each file where its first line says that it belongs. */
  const place = async (files: Iterable<File>) => {
    const placed: Chosen = {};
    const lost: string[] = [];
    for (const file of files) {
      const kind = guessBookFile(file.name, await file.slice(0, HEAD_BYTES).text());
      if (kind) placed[kind] = file;
      else lost.push(file.name);
    }
    setOutcome(null);
    setUnplaced(lost);
    setChosen((was) => ({ ...was, ...placed }));
  };
  const placeRef = useRef(place);
  placeRef.current = place;
  useEffect(() => {
    if (dropped.length > 0) void placeRef.current(dropped);
  }, [dropped]);
  useEffect(() => () => sending.current?.abort(), []);

  const files = BOOK_FILES.map((kind) => chosen[kind]);
  const complete = files.every((file) => file !== undefined);
  const shares = fileProgress(
    progress ?? 0,
    files.map((file) => file?.size ?? 0),
  );

  const send = async () => {
    if (!complete) return;
    const controller = new AbortController();
    sending.current = controller;
    setOutcome(null);
    setProgress(0);
    const result = await uploadBooks(paths.invoiceBooks(tenant), chosen as Record<BookFileName, File>, {
      signal: controller.signal,
      onProgress: setProgress,
    });
    setProgress(null);
    if (controller.signal.aborted) return;
    if (!result.ok) return setOutcome(result);
    setChosen({});
    onStored(result);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) sending.current?.abort();
        onOpenChange(next);
      }}
      title="Upload a set of books"
      description="Three files that are reconciled together. Each row that cannot be read is named; the rest is kept."
      className="w-[min(calc(100vw-2rem),40rem)]"
    >
      <div className="flex flex-col gap-3">
        {BOOK_FILES.map((kind, i) => (
          <BookFileSlot
            key={kind}
            kind={kind}
            file={chosen[kind] ?? null}
            progress={busy ? (shares[i] ?? 0) : null}
            error={outcome?.fields[kind]}
            onChoose={(file) => {
              setOutcome(null);
              setChosen((was) => ({ ...was, [kind]: file }));
            }}
          />
        ))}
        {unplaced.length > 0 ? (
          <p role="status" className="text-attention text-sm">
            {unplaced.join(", ")}: the first line does not say which of the three it is. Choose it in its own place.
          </p>
        ) : null}
        {outcome ? (
          <p role="alert" className="text-failure text-sm">
            {outcome.message}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" disabled={!complete || busy} onClick={() => void send()}>
            <FileUp aria-hidden /> {busy ? (progress === 1 ? "Reading…" : "Sending…") : "Upload"}
          </Button>
          <Button asChild className="has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent">
            <label>
              Choose all three at once
              <input
                type="file"
                multiple
                className="sr-only"
                aria-label="Files of the set"
                disabled={busy}
                onChange={(event) => {
                  if (event.target.files) void place([...event.target.files]);
                  event.target.value = "";
                }}
              />
            </label>
          </Button>
          {busy ? (
            <Button variant="ghost" onClick={() => sending.current?.abort()}>
              Cancel
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  );
}
