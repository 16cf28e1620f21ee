import { Eye } from "lucide-react";
import { useChat } from "./chat-context";

/** What of the page goes along with the next question. */
export function PageContextLine() {
  const { pageContextLabel } = useChat();
  if (!pageContextLabel) return null;
  return (
    <p data-testid="page-context" className="mb-1.5 flex items-center gap-1.5 px-1 text-ink-faint text-xs">
      <Eye aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate" title={pageContextLabel}>
        The assistant is told: {pageContextLabel}
      </span>
    </p>
  );
}
