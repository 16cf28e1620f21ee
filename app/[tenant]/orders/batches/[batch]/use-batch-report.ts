"use client";

import { useCallback, useState } from "react";
import { useKeptFresh } from "@/components/live/use-kept-fresh";
import type { BatchReport } from "@/lib/orders/batches/batch-report";
import { getReport } from "../../actions";

/** The report, read again while orders are at work or wait for somebody. */
export function useBatchReport(tenant: string, first: BatchReport): { report: BatchReport; failed: boolean } {
  const [report, setReport] = useState(first);
  const [failed, setFailed] = useState(false);
  const { id } = first;
  const settling = report.settled < report.total || (report.counts.waiting ?? 0) > 0;
  const refresh = useCallback(async () => {
    const result = await getReport(tenant, { batchId: id }).catch(() => null);
    setFailed(!result?.ok);
    if (result?.ok) setReport(result.data);
  }, [tenant, id]);
  useKeptFresh(refresh, settling);
  return { report, failed };
}
