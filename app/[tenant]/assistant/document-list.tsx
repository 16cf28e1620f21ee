"use client";

import { FileUp, Library, Search } from "lucide-react";
import { useMemo, useRef } from "react";
import { toast } from "sonner";
import { type PaletteAction, useOfferActions } from "@/components/shell/palette-actions";
import { useShortcut } from "@/components/shell/use-shortcut";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { DropZone } from "@/components/upload/drop-zone";
import { useUploads } from "@/components/upload/use-uploads";
import { paths } from "@/lib/paths";
import { countPassages } from "./count-passages";
import { DocumentRow } from "./document-row";
import type { DocumentPage, DocumentSummary } from "./document-summary";
import { OpenChatButton } from "./open-chat-button";
import { uploadFile } from "./upload-file";
import { UploadQueue } from "./upload-queue";
import { useDocumentList } from "./use-document-list";
import { useThreadParam } from "./use-thread-param";

const ACCEPTED = ".md,.markdown,.txt,.html,.htm,.pdf,.docx,.csv";

interface DocumentListProps {
  tenant: string;
  tenantName: string;
  first: DocumentPage;
}

export function DocumentList({ tenant, tenantName, first }: DocumentListProps) {
  const list = useDocumentList(tenant, first);
  const url = paths.documents(tenant);
  const { uploads, add, cancel, retry, clear } = useUploads(url, uploadFile, list.reload);
  const thread = useThreadParam();
  const searchBox = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const replacer = useRef<HTMLInputElement>(null);
  const replaced = useRef<DocumentSummary | null>(null);

  useShortcut({ key: "f" }, () => searchBox.current?.focus());
  useShortcut({ key: "u" }, () => picker.current?.click());
  useOfferActions(
    useMemo(
      (): PaletteAction[] => [
        {
          id: "upload",
          group: "Documents",
          label: "Upload documents",
          icon: FileUp,
          run: () => picker.current?.click(),
        },
      ],
      [],
    ),
  );

  const replace = async (file: File) => {
    const document = replaced.current;
    if (!document) return;
    const sending = toast.loading(`Replacing “${document.title}”…`);
    const outcome = await uploadFile(`${url}/${document.id}`, file, {
      method: "PUT",
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    if (outcome.ok) toast.success(`Replaced “${outcome.title}”, ${countPassages(outcome.chunks)}`, { id: sending });
    else toast.error(outcome.message, { id: sending });
    list.reload();
  };

  const uploadButton = (
    <Button variant="primary" onClick={() => picker.current?.click()}>
      <FileUp aria-hidden /> <span className="max-sm:sr-only">Upload</span>
    </Button>
  );

  return (
    <DropZone onFiles={add}>
      <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-4">
        <h1 className="mr-auto font-semibold text-sm">Documents</h1>
        <div className="relative w-full max-w-64">
          <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-ink-faint" />
          <Input
            ref={searchBox}
            type="search"
            aria-label="Search documents"
            placeholder="Search"
            value={list.q}
            onChange={(event) => list.setQ(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && list.setQ("")}
            className="pl-8"
          />
        </div>
        {uploadButton}
        <OpenChatButton />
      </header>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        accept={ACCEPTED}
        onChange={(event) => {
          if (event.target.files) add(event.target.files);
          event.target.value = "";
        }}
      />
      <input
        ref={replacer}
        type="file"
        hidden
        aria-label="New version"
        accept={ACCEPTED}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void replace(file);
          event.target.value = "";
        }}
      />
      <UploadQueue uploads={uploads} onCancel={cancel} onRetry={retry} onClear={clear} />
      <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={list.pending}>
        {list.failure ? (
          <ErrorState
            title="The documents could not be loaded"
            action={<Button onClick={list.reload}>Try again</Button>}
          >
            {list.failure}
          </ErrorState>
        ) : list.documents.length > 0 ? (
          <ul aria-label="Documents">
            {list.documents.map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                href={paths.assistant(tenant, { thread, doc: document.id })}
                onReplace={() => {
                  replaced.current = document;
                  replacer.current?.click();
                }}
                onDelete={() => void list.remove(document)}
              />
            ))}
          </ul>
        ) : list.q ? (
          <EmptyState
            title={`No document is called “${list.q}”`}
            action={<Button onClick={() => list.setQ("")}>Show all documents</Button>}
          />
        ) : (
          <EmptyState icon={Library} title="No documents yet" action={uploadButton}>
            The assistant answers from the documents of {tenantName} and names the passage for each claim. Upload
            policies, manuals, price lists or notes: Markdown, text, HTML, PDF, DOCX or CSV, up to 20 MB each. You can
            also drop files anywhere here.
          </EmptyState>
        )}
        {list.nextCursor ? (
          <div className="p-3">
            <Button disabled={list.pending} onClick={list.loadMore}>
              {list.pending ? "Loading…" : "Show more"}
            </Button>
          </div>
        ) : null}
      </div>
    </DropZone>
  );
}
