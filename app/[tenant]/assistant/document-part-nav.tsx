import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { DocumentPart } from "./document-part";

interface DocumentPartNavProps {
  part: DocumentPart;
  href(number: number): string;
}

export function DocumentPartNav({ part: { number, count }, href }: DocumentPartNavProps) {
  if (count === 1) return null;
  return (
    <nav aria-label="Parts of this document" className="mx-auto flex max-w-[68ch] items-center gap-2 px-5 pb-10">
      {number > 1 ? (
        <Button asChild>
          <Link href={href(number - 1)}>Previous part</Link>
        </Button>
      ) : null}
      {number < count ? (
        <Button asChild>
          <Link href={href(number + 1)}>Next part</Link>
        </Button>
      ) : null}
      <span className="text-ink-faint text-sm tabular-nums">
        Part {number} of {count}
      </span>
    </nav>
  );
}
