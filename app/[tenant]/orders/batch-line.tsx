import Link from "next/link";
import { Progress } from "@/components/ui/progress";
import type { BatchSummary } from "@/lib/orders/batches/batch-report";
import { paths } from "@/lib/paths";

/** How far the latest batch is, whoever began it, and the way to its report. */
export function BatchLine({ tenant, batch }: { tenant: string; batch: BatchSummary }) {
  const { id, settled, total, counts } = batch;
  const waiting = counts.waiting ?? 0;
  const failed = counts.failed ?? 0;
  return (
    <div className="flex flex-col gap-1.5 border-line border-b px-4 py-2 text-ink-muted text-xs">
      <p className="flex gap-2">
        <span role="status" className="min-w-0 flex-1 tabular-nums">
          {settled} of {total} worked through
          {waiting > 0 ? `, ${waiting} need a decision` : ""}
          {failed > 0 ? `, ${failed} failed` : ""}
        </span>
        <Link href={paths.orderBatch(tenant, id)} className="text-accent hover:underline">
          Report
        </Link>
      </p>
      {settled < total ? <Progress value={settled / total} label="Batch" /> : null}
    </div>
  );
}
