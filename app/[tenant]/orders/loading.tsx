import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 9 }, (_, i) => `row ${i}`);

export default function Loading() {
  return (
    <div className="flex h-full" aria-busy>
      <div className="flex w-full shrink-0 flex-col border-line border-r lg:w-[380px]">
        <div className="h-12 border-line border-b" />
        {ROWS.map((row) => (
          <div key={row} className="flex h-14 flex-col justify-center gap-1.5 border-line border-b px-4">
            <Skeleton className="h-3.5 w-44" />
            <Skeleton className="h-3 w-64" />
          </div>
        ))}
      </div>
      <div className="hidden flex-1 p-6 lg:block">
        <Skeleton className="h-6 w-56" />
      </div>
    </div>
  );
}
