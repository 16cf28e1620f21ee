"use client";

import { TriangleAlert } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { Skeleton } from "@/components/ui/skeleton";
import type { BookFileName } from "@/contract/invoices";
import type { RefusedRow } from "@/lib/invoices/list-refused";
import { listRefused } from "./actions";
import { fileNames } from "./file-names";

const SHOWN_AT_ONCE = 100;

/** The rows that could not be read: file, line and column, what stood there, and what is wrong with it. */
export function RefusedRows({ tenant, batchId, count }: { tenant: string; batchId: string; count: number }) {
  const [rows, setRows] = useState<RefusedRow[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const more = useCallback(
    async (offset: number) => {
      const result = await listRefused(tenant, { batchId, offset, limit: SHOWN_AT_ONCE }).catch(() => null);
      setFailure(result?.ok ? null : (result?.message ?? "The rows could not be loaded. Check your connection."));
      if (result?.ok) setRows((was) => [...(offset === 0 ? [] : (was ?? [])), ...result.data.rows]);
    },
    [tenant, batchId],
  );
  useEffect(() => {
    if (count > 0) void more(0);
  }, [count, more]);
  if (count === 0) return <p className="text-ink-muted text-sm">Every row of the files could be read.</p>;
  return (
    <section aria-label="Refused rows" className="flex flex-col gap-2">
      <h2 className="flex items-center gap-1.5 font-medium">
        <TriangleAlert aria-hidden className="size-4 text-attention" />
        {count === 1 ? "One row could not be read" : `${count.toLocaleString("en")} rows could not be read`}
      </h2>
      <p className="text-ink-muted text-sm">
        The rest is kept. Correct these in the file and upload it again as a new set, or go on without them.
      </p>
      {rows ? (
        <ScrollRegion label="Rows that could not be read" className="max-h-[28rem] rounded-md border border-line">
          <table className="w-full text-left text-sm">
            <thead className="sticky top-0 bg-surface text-ink-muted text-xs">
              <tr>
                {["File", "Row", "Column", "Value", "What is wrong"].map((head) => (
                  <th key={head} scope="col" className="border-line border-b px-2 py-1.5 font-medium">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.no} className="align-top">
                  <td className="border-line border-b px-2 py-1.5">{fileNames[row.file as BookFileName]}</td>
                  <td className="border-line border-b px-2 py-1.5 tabular-nums">{row.row}</td>
                  <td className="border-line border-b px-2 py-1.5 font-mono text-xs leading-5">
                    {row.column ?? "whole row"}
                  </td>
                  <td className="max-w-48 break-words border-line border-b px-2 py-1.5 font-mono text-xs leading-5">
                    {row.value || "empty"}
                  </td>
                  <td className="border-line border-b px-2 py-1.5">{row.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      ) : failure ? null : (
        <Skeleton className="h-24 w-full" />
      )}
      {failure ? (
        <p role="alert" className="flex items-center gap-2 text-failure text-sm">
          {failure} <Button onClick={() => void more(rows?.length ?? 0)}>Try again</Button>
        </p>
      ) : rows && rows.length < count ? (
        <Button className="self-start" onClick={() => void more(rows.length)}>
          Show more
        </Button>
      ) : null}
    </section>
  );
}
