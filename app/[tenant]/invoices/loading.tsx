import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 14 }, (_, i) => `row ${i}`);
const TOTALS = ["a", "b", "c", "d", "e"];

export default function Loading() {
  return (
    <div className="flex h-full flex-col bg-surface" aria-busy>
      <div className="h-12 shrink-0 border-line border-b" />
      <div className="flex h-16 shrink-0 items-center gap-2 border-line border-b px-4">
        {TOTALS.map((total) => (
          <Skeleton key={total} className="h-11 w-32" />
        ))}
      </div>
      {ROWS.map((row) => (
        <div key={row} className="flex h-9 shrink-0 items-center gap-6 border-line border-b px-4">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-3.5 flex-1" />
          <Skeleton className="h-3.5 w-24" />
        </div>
      ))}
    </div>
  );
}
