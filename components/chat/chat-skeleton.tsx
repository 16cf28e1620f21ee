import { Skeleton } from "@/components/ui/skeleton";

/** The chat's outline while its code is on the way; same place, same size. */
export function ChatSkeleton() {
  return (
    <div
      aria-busy
      className="fixed inset-y-0 right-0 z-[1200] flex w-full flex-col border-line border-l bg-surface md:w-[var(--chat-width)]"
    >
      <div className="flex h-[77px] flex-col gap-2 border-line border-b px-4 py-4">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-3 w-28" />
      </div>
      <div className="flex flex-1 flex-col gap-3 p-8">
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-3/5" />
        <Skeleton className="mt-4 h-9 w-full" />
        <Skeleton className="h-9 w-full" />
      </div>
      <div className="border-line border-t px-3 pt-2.5 pb-3">
        <Skeleton className="h-[42px] w-full rounded-lg" />
      </div>
    </div>
  );
}
