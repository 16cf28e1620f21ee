"use client";

import { CornerDownRight } from "lucide-react";
import { useChat } from "./chat-context";

export interface Suggestion {
  title: string;
  message: string;
}

/** Questions to begin with. */
export function SuggestionList({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const { session, readOnly } = useChat();
  if (readOnly || suggestions.length === 0) return null;
  return (
    <ul data-testid="copilot-suggestions" className="flex flex-col gap-1.5">
      {suggestions.map(({ title, message }) => (
        <li key={title}>
          <button
            type="button"
            data-testid="copilot-suggestion"
            onClick={() => void session.send(message)}
            className="flex w-full items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 text-left text-sm transition-colors hover:border-line-strong hover:bg-sunken"
          >
            <CornerDownRight aria-hidden className="size-4 shrink-0 text-ink-faint" />
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
