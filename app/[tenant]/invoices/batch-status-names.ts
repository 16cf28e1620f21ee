import type { BatchStatus } from "@/lib/invoices/batch-summary";

export const batchStatusNames: Record<BatchStatus, string> = {
  new: "Not reconciled yet",
  running: "Running",
  stopped: "Stopped",
  waiting: "Waits for a decision",
  failed: "Failed",
  finished: "Closed",
  cancelled: "Cancelled",
};
