import type { Change } from "./changes";

/** What differs from the proposal, by field: the old struck out, the new below it. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
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
  );
}
