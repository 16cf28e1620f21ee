"use client";

import { Download, FileUp } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { type PaletteAction, useOfferActions, useOfferSearch } from "@/components/shell/palette-actions";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { DropZone } from "@/components/upload/drop-zone";
import { paths } from "@/lib/paths";
import { resumeBatch, startBatch, stopBatch, takeOwnBooks } from "./actions";
import { BatchLine } from "./batch-line";
import { BatchPicker } from "./batch-picker";
import { BookPane } from "./book-pane";
import { describeStored } from "./describe-batch";
import { EmptyBooks } from "./empty-books";
import { FilesView } from "./files-view";
import { InvoicesView } from "./invoices-view";
import { LettersView } from "./letters-view";
import { PaymentsView } from "./payments-view";
import type { Books } from "./queries";
import { UploadDialog } from "./upload-dialog";
import { useLetters } from "./use-letters";
import { useMarking } from "./use-marking";
import { usePaletteSearch } from "./use-palette-search";
import { type InvoiceView, isPaneOpen } from "./view-params";
import { ViewTabs } from "./view-tabs";

export interface BooksViewProps {
  tenant: string;
  tenantName: string;
  books: Books;
  failed: boolean;
  view: InvoiceView;
  onView(part: Partial<InvoiceView>, how?: "push" | "replace"): void;
  changes: number;
  onChanged(): void;
}

type Act = typeof startBatch | typeof stopBatch | typeof resumeBatch;
const NO_FILES: readonly File[] = [];

/** A set of books: where its reconciliation stands, its lists, and beside them what is open. */
export function BooksView({ tenant, tenantName, books, failed, view, onView, changes, onChanged }: BooksViewProps) {
  const { batches, batch, question } = books;
  const [busy, setBusy] = useState(false);
  const [uploading, setUploading] = useState(false);
  const [dropped, setDropped] = useState<readonly File[]>(NO_FILES);
  const [stepped, setStepped] = useState(0);
  const marking = useMarking(tenant, books, onChanged);
  const version = batch ? `${versionOf(books)} ${changes} ${stepped}` : "";
  const { letters, failure: lettersFailure } = useLetters(tenant, batch?.id ?? null, version, view.view === "letters");

  useEffect(() => {
    document.title = batch ? `${batch.title} · Invoices · ${tenantName}` : `Invoices · ${tenantName}`;
  }, [batch, tenantName]);

  const act = async (action: Act) => {
    if (!batch) return;
    setBusy(true);
    const result = await action(tenant, { batchId: batch.id }).catch(() => null);
    if (!result?.ok) toast.error(result?.message ?? "This did not work. Check your connection.");
    setBusy(false);
    onChanged();
  };
  const show = useCallback(
    (id: string, view: InvoiceView["view"] = "invoices") =>
      onView({ batch: id, view, statuses: [], show: "all", q: "", invoice: null, letter: null, review: false }, "push"),
    [onView],
  );
  const takeBooks = async () => {
    setBusy(true);
    const result = await takeOwnBooks(tenant, {}).catch(() => null);
    setBusy(false);
    if (result?.ok) show(result.data.batchId);
    else toast.error(result?.message ?? "This did not work. Check your connection.");
    onChanged();
  };

  useShortcut({ key: "u" }, () => setUploading(true));
  useOfferActions(
    useMemo(
      (): PaletteAction[] => [
        { id: "upload-books", group: "Invoices", label: "Upload books", icon: FileUp, run: () => setUploading(true) },
      ],
      [],
    ),
  );
  const openInvoice = useCallback(
    (row: number) => onView({ view: "invoices", invoice: row, letter: null, review: false }, "push"),
    [onView],
  );
  useOfferSearch(usePaletteSearch(tenant, batch?.id, openInvoice));
  const joined = useRef(0);
  const onStep = useCallback(() => {
    joined.current += 1;
    setStepped(joined.current);
    onChanged();
  }, [onChanged]);

  const paneOpen = isPaneOpen(view, question !== null);
  const upload = (
    <UploadDialog
      tenant={tenant}
      open={uploading}
      onOpenChange={(open) => {
        setUploading(open);
        if (!open) setDropped(NO_FILES);
      }}
      dropped={dropped}
      onStored={({ batchId, counts }) => {
        setUploading(false);
        setDropped(NO_FILES);
        show(batchId, counts.refused > 0 ? "files" : "invoices");
        onChanged();
        toast.success(describeStored(counts));
      }}
    />
  );

  return (
    <DropZone
      onFiles={(files) => {
        setDropped([...files]);
        setUploading(true);
      }}
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-4">
        <h1 className="font-semibold text-sm">Invoices</h1>
        {batch ? <BatchPicker batches={batches} current={batch} onChoose={show} /> : null}
        <span className="mr-auto" />
        {batch && batch.status !== "new" ? (
          <Button asChild>
            <a href={paths.invoiceExport(tenant, batch.id)} download>
              <Download aria-hidden /> <span className="max-sm:sr-only">Export CSV</span>
            </a>
          </Button>
        ) : null}
        <Button onClick={() => setUploading(true)}>
          <FileUp aria-hidden /> <span className="max-sm:sr-only">Upload</span>
        </Button>
      </header>
      {upload}
      {failed ? (
        <p role="status" className="border-line border-b bg-attention-soft px-4 py-1.5 text-attention text-xs">
          The books could not be read just now. It is tried again by itself.
        </p>
      ) : null}
      {batch ? (
        <>
          <BatchLine
            tenant={tenant}
            batch={batch}
            // Nothing that this page counts itself: the end of a stream is counted, and would join the next one for ever.
            version={`${batch.status} ${question?.id ?? ""} ${batch.updatedAt}`}
            // While the set that was chosen is on its way, the one before it is shown: nobody means that one.
            busy={busy || (view.batch !== null && view.batch !== batch.id)}
            canDecide={question?.mine === true}
            onStart={() => void act(startBatch)}
            onStop={() => void act(stopBatch)}
            onResume={() => void act(resumeBatch)}
            onReview={() => onView({ review: true, invoice: null, letter: null }, "push")}
            onStep={onStep}
          />
          <div className="flex min-h-0 flex-1">
            <div className={`flex min-h-0 min-w-0 flex-1 flex-col ${paneOpen ? "max-lg:hidden" : ""}`}>
              <ViewTabs
                batch={batch}
                view={view.view}
                onView={(next) => onView({ view: next, letter: null, q: "" }, "push")}
              />
              {view.view === "invoices" ? (
                <InvoicesView
                  key={batch.id}
                  tenant={tenant}
                  batch={batch}
                  question={question}
                  view={view}
                  onView={onView}
                  version={version}
                  marking={marking}
                />
              ) : view.view === "payments" ? (
                <PaymentsView
                  key={batch.id}
                  tenant={tenant}
                  batchId={batch.id}
                  q={view.q}
                  version={version}
                  onQ={(q) => onView({ q })}
                />
              ) : view.view === "letters" ? (
                <LettersView
                  letters={letters}
                  failure={lettersFailure}
                  current={view.letter}
                  onOpen={(letter) => onView({ letter, invoice: null, review: false }, "push")}
                />
              ) : (
                <FilesView
                  tenant={tenant}
                  tenantName={tenantName}
                  batch={batch}
                  busy={busy}
                  onUpload={() => setUploading(true)}
                  onUseBooks={() => void takeBooks()}
                />
              )}
            </div>
            <BookPane
              tenant={tenant}
              batch={batch}
              question={question}
              letters={letters}
              view={view}
              version={version}
              open={paneOpen}
              marking={marking}
              onView={onView}
              onChanged={onChanged}
            />
          </div>
        </>
      ) : view.batch ? (
        <EmptyState
          title="There is no such set of books"
          action={<Button onClick={() => onView({ batch: null })}>Show the newest</Button>}
        >
          It may belong to somebody else.
        </EmptyState>
      ) : (
        <EmptyBooks
          tenantName={tenantName}
          busy={busy}
          onUpload={() => setUploading(true)}
          onUseBooks={() => void takeBooks()}
        />
      )}
    </DropZone>
  );
}

/** Changes with everything that changes the lists: a step, a decision, a letter. */
function versionOf({ batch, question }: Books): string {
  if (!batch) return "";
  const { status, step, totals, letters } = batch;
  const reconciled = totals.reduce((sum, total) => sum + total.reconciled, 0);
  return [batch.id, status, step, totals.length, reconciled, ...Object.values(letters), question?.id].join(" ");
}
