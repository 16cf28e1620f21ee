import type { ReactNode } from "react";
import { type Suggestion, SuggestionList } from "./suggestion-list";

interface ChatWelcomeProps {
  suggestions: readonly Suggestion[];
  children: ReactNode;
}

/** An empty conversation: what can be asked here, and a first step. */
export function ChatWelcome({ suggestions, children }: ChatWelcomeProps) {
  return (
    <div className="flex flex-col gap-4 py-4">
      <div className="text-ink-muted text-sm leading-6">{children}</div>
      <SuggestionList suggestions={suggestions} />
    </div>
  );
}
