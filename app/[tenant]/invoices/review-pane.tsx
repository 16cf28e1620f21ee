"use client";

import { ArrowLeft } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { BatchQuestion } from "./queries";
import { ReviewQuestion } from "./review-question";

export interface ReviewPaneProps {
  tenant: string;
  question: BatchQuestion;
  onChanged(): void;
  onClose(): void;
}

/** The question that a set waits with. It is the same as in the approvals, and answered once. */
export function ReviewPane({ tenant, question, onChanged, onClose }: ReviewPaneProps) {
  return (
    <section aria-label="Decision" className="flex flex-col gap-4 px-4 pt-4 pb-20 lg:px-5">
      <Button variant="ghost" size="sm" className="-ml-2 self-start lg:hidden" onClick={onClose}>
        <ArrowLeft aria-hidden /> All invoices
      </Button>
      <h2 className="font-semibold text-base">Review the reconciliation</h2>
      <ReviewQuestion tenant={tenant} question={question} onChanged={onChanged} onTaken={onClose} />
    </section>
  );
}
