import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Letter } from "@/lib/invoices/list-drafts";
import { LetterList } from "./letter-list";

interface LettersViewProps {
  letters: readonly Letter[] | null;
  failure: string | null;
  current: string | null;
  onOpen(id: string): void;
}

const ROWS = ["a", "b", "c", "d", "e"];

/** The letters of a set, while they come, when they do not, and when they are there. */
export function LettersView({ letters, failure, current, onOpen }: LettersViewProps) {
  if (letters) return <LetterList letters={letters} current={current} onOpen={onOpen} />;
  if (failure) return <ErrorState title="The letters could not be loaded">{failure}</ErrorState>;
  return (
    <div aria-busy>
      {ROWS.map((row) => (
        <div key={row} className="flex h-14 flex-col justify-center gap-1.5 border-line border-b px-4">
          <Skeleton className="h-3.5 w-44" />
          <Skeleton className="h-3 w-64" />
        </div>
      ))}
    </div>
  );
}
