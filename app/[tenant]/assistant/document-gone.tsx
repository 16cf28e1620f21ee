import { FileX } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** In place of a document that an answer cites and that was deleted since, or never was. */
export function DocumentGone({ backHref, cited }: { backHref: string; cited: boolean }) {
  return (
    <EmptyState
      icon={FileX}
      heading="h1"
      title={cited ? "Deleted since the answer" : "This document does not exist"}
      action={
        <Button asChild>
          <Link href={backHref} scroll={false}>
            Show all documents
          </Link>
        </Button>
      }
    >
      {cited
        ? "The answer quoted a document that has been deleted. The quote stays with the answer; ask again to see what today's documents say."
        : "It may have been deleted, or the address is wrong."}
    </EmptyState>
  );
}
