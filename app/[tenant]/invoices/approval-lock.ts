import type { BatchDetails } from "@/lib/invoices/batch-summary";
import type { BatchQuestion } from "./queries";

/** Why this member can mark nothing and send nothing just now, in words; null when they can. */
export function approvalLock({ status }: Pick<BatchDetails, "status">, question: BatchQuestion | null): string | null {
  if (question) return question.mine ? null : "Somebody else has to decide this: an admin, or a second person.";
  switch (status) {
    case "new":
      return "Reconcile the set first.";
    case "running":
    case "waiting":
      return "The set is being worked on.";
    case "stopped":
      return "The reconciliation was stopped. Resume it first.";
    case "failed":
      return "The reconciliation failed. Try it again first.";
    case "finished":
    case "cancelled":
      return "This set is closed.";
  }
}
