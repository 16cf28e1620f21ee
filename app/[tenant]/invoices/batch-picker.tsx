"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { RelativeTime } from "@/components/ui/relative-time";
import type { BatchSummary } from "@/lib/invoices/batch-summary";
import { batchStatusNames } from "./batch-status-names";

interface BatchPickerProps {
  batches: readonly BatchSummary[];
  current: BatchSummary;
  onChoose(id: string): void;
}

/** Which set of books the page shows. */
export function BatchPicker({ batches, current, onChoose }: BatchPickerProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="min-w-0 shrink">
          <span className="sr-only">Set of books:</span>
          <span className="truncate">{current.title}</span>
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-[60vh] overflow-y-auto">
        <DropdownMenuRadioGroup value={current.id} onValueChange={onChoose}>
          {batches.map(({ id, title, status, invoices, createdAt }) => (
            <DropdownMenuRadioItem key={id} value={id} className="min-h-11">
              <span className="flex min-w-0 flex-col">
                <span className="truncate">{title}</span>
                <span className="text-ink-muted text-xs">
                  {batchStatusNames[status]}, {invoices.toLocaleString("en")} invoices, <RelativeTime at={createdAt} />
                </span>
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
