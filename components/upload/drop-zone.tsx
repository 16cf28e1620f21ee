"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";

interface DropZoneProps {
  onFiles(files: Iterable<File>): void;
  children: ReactNode;
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Takes files that are dropped anywhere on its children. The button beside it does the same by keyboard. */
export function DropZone({ onFiles, children }: DropZoneProps) {
  // Moving onto a child leaves the parent: only the count tells when the files left for good.
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const move = (event: DragEvent, step: 1 | -1) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth.current += step;
    setOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping needs a pointer; the upload button is the way by keyboard.
    <div
      className="relative flex h-full min-h-0 flex-col"
      onDragEnter={(event) => move(event, 1)}
      onDragLeave={(event) => move(event, -1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-20 flex items-center justify-center rounded-lg border-2 border-accent border-dashed bg-accent-soft">
          <p className="flex items-center gap-2 font-medium text-accent">
            <FileUp aria-hidden className="size-5" /> Drop to upload
          </p>
        </div>
      ) : null}
    </div>
  );
}
