import type { Answer } from "./answer-form";
import { CancelWithReason } from "./cancel-with-reason";

interface NotYoursProps {
  /** What can be ended. */
  what?: "order" | "reconciliation";
  busy: boolean;
  onAnswer(answer: Answer): void;
}

/** Instead of the form, for whoever may not decide. To stop the work is everybody's. */
export function NotYours({ what = "order", busy, onAnswer }: NotYoursProps) {
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-ink-muted text-sm">
        Somebody else has to decide this: it needs an admin, or a second person than the one who asked.
      </p>
      <CancelWithReason what={what} busy={busy} onAnswer={onAnswer} />
    </div>
  );
}
