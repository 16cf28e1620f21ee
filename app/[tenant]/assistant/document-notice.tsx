import { History } from "lucide-react";
import type { CitationNotice } from "./queries";

interface DocumentNoticeProps {
  notice: CitationNotice;
  version: number;
}

/** Says that a document is not what an answer quoted any more. */
export function DocumentNotice({ notice, version }: DocumentNoticeProps) {
  return (
    <p
      role="status"
      className="flex items-start gap-2 border-line border-b bg-attention-soft px-4 py-2 text-attention text-sm"
    >
      <History aria-hidden className="mt-0.5 size-4 shrink-0" />
      {notice.found
        ? `Changed since the answer: it quoted version ${notice.version}, this is version ${version}. The quoted words still stand here.`
        : `Changed since the answer: it quoted version ${notice.version}, this is version ${version}. The quoted words are no longer in it.`}
    </p>
  );
}
