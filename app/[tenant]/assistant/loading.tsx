import { Skeleton } from "@/components/ui/skeleton";

const rows = ["w-2/5", "w-1/3", "w-1/2", "w-1/4", "w-3/5", "w-3/8", "w-2/3", "w-1/5"];

export default function AssistantLoading() {
  return (
    <main aria-busy className="h-full bg-surface lg:mr-[var(--chat-width)]">
      <div className="flex h-12 items-center justify-between border-line border-b px-4">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-8 w-80" />
      </div>
      {rows.map((width) => (
        <div key={width} className="flex h-[37px] items-center border-line border-b px-4">
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </main>
  );
}
