import { RelativeTime } from "@/components/ui/relative-time";
import { describeReview } from "./describe-review";
import type { InboxItem } from "./queries";

interface Change {
  field: string;
  proposed: string;
  decided: string;
}

/** What was decided, beside what the agent had proposed where the two differ. */
export function DecisionDiff({ item }: { item: InboxItem }) {
  const review = item.reason === "invoices.review" ? describeReview(item.answer) : null;
  const changes = review ? [] : diff(item.proposal, item.answer ?? {});
  return (
    <section aria-label="Decision" className="flex flex-col gap-3">
      <p>
        Decided by <span className="font-medium">{item.decidedBy}</span>{" "}
        {item.decidedAt ? <RelativeTime at={item.decidedAt} /> : null}
        {review ? `: ${review}` : changes.length === 0 ? ", as proposed." : "."}
      </p>
      {changes.length > 0 ? (
        <dl className="flex flex-col gap-3 text-sm">
          {changes.map(({ field, proposed, decided }) => (
            <div key={field} className="flex flex-col gap-1">
              <dt className="text-ink-muted text-xs">{field}</dt>
              {proposed ? (
                <dd className="whitespace-pre-wrap break-words rounded-md bg-failure-soft px-2.5 py-1.5">
                  <del>{proposed}</del>
                </dd>
              ) : null}
              {decided ? (
                <dd className="whitespace-pre-wrap break-words rounded-md bg-ok-soft px-2.5 py-1.5">
                  <ins className="no-underline">{decided}</ins>
                </dd>
              ) : null}
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}

/** The fields of an answer that differ from the proposal. What the proposal tells beside the arguments is not compared. */
export function diff(proposal: Record<string, unknown>, answer: Record<string, unknown>): Change[] {
  const proposed = flatten(proposal);
  const decided = flatten(answer);
  const sameAction = proposal.action === answer.action;
  const fields = sameAction
    ? Object.keys(decided)
    : ["action", ...Object.keys(decided).filter((key) => key !== "action")];
  return fields
    .map((field) => ({ field, proposed: proposed[field] ?? "", decided: decided[field] ?? "" }))
    .filter((change) => change.proposed !== change.decided);
}

function flatten(value: Record<string, unknown>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(item)) flat[key] = String(item);
    else
      for (const line of item as Record<string, unknown>[]) {
        if (line === null || typeof line !== "object") continue;
        for (const [name, part] of Object.entries(line))
          if (name !== "lineNo") flat[`line ${String(line.lineNo)}: ${name}`] = String(part);
      }
  }
  return flat;
}
