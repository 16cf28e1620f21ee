import { ChangeList } from "@/components/decisions/change-list";
import { changesOf } from "@/components/decisions/changes";
import { RelativeTime } from "@/components/ui/relative-time";
import { describeReview } from "./describe-review";
import type { InboxItem } from "./queries";

/** What was decided, beside what the agent had proposed where the two differ. */
export function DecisionDiff({ item }: { item: InboxItem }) {
  const review = item.reason === "invoices.review" ? describeReview(item.answer) : null;
  const changes = review ? [] : changesOf(item.proposal, item.answer ?? {});
  return (
    <section aria-label="Decision" className="flex flex-col gap-3">
      <p>
        Decided by <span className="font-medium">{item.decidedBy}</span>{" "}
        {item.decidedAt ? <RelativeTime at={item.decidedAt} /> : null}
        {review ? `: ${review}` : changes.length === 0 ? ", as proposed." : "."}
      </p>
      {changes.length > 0 ? <ChangeList changes={changes} /> : null}
    </section>
  );
}
