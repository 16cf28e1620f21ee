import type { Answer } from "./answer-form";
import { ChangeList } from "./change-list";
import { changesOf } from "./changes";

interface OwnChangesProps {
  proposal: Record<string, unknown>;
  /** What would be sent now. */
  answer: Answer;
}

/** What somebody is about to decide otherwise than proposed, to be seen before it is sent. */
export function OwnChanges({ proposal, answer }: OwnChangesProps) {
  const changes = changesOf(proposal, answer);
  if (changes.length === 0) return null;
  return (
    <section aria-label="Your changes" className="flex flex-col gap-2">
      <p className="font-medium text-sm">Your changes</p>
      <ChangeList changes={changes} />
    </section>
  );
}
