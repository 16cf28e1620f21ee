"use client";

import { CheckCheck } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatMoney } from "@/contract/money";
import { paths } from "@/lib/paths";
import { ApprovalPane } from "./approval-pane";
import type { InboxItem } from "./queries";
import { useInbox } from "./use-inbox";

interface ApprovalInboxProps {
  tenant: string;
  open: boolean;
  first: InboxItem[];
}

/** Everything in the tenant that waits for a decision, or was decided, whoever asked. */
export function ApprovalInbox({ tenant, open, first }: ApprovalInboxProps) {
  const { items, failed, refresh } = useInbox(tenant, open, first);
  const current = useSearchParams()?.get("id");
  const show = open ? undefined : ("closed" as const);
  // What somebody else decided leaves the list; the pane keeps it, to say so.
  const seen = useRef(new Map<string, InboxItem>());
  useEffect(() => {
    for (const item of items) seen.current.set(item.id, item);
  }, [items]);
  const listed = items.find(({ id }) => id === current);
  const shown = listed ?? (current ? seen.current.get(current) : undefined);
  return (
    <main className="flex h-full min-w-0 bg-surface">
      <section
        aria-label="Approvals"
        className={cn(
          "flex h-full w-full shrink-0 flex-col border-line lg:w-[380px] lg:border-r",
          shown && "max-lg:hidden",
        )}
      >
        <header className="flex h-12 shrink-0 items-center gap-4 border-line border-b px-4">
          <h1 className="mr-auto font-semibold text-sm">Approvals</h1>
          <nav aria-label="Which approvals" className="flex gap-3 text-sm">
            <Link href={paths.approvals(tenant)} aria-current={open ? "page" : undefined} className={tab(open)}>
              Open
            </Link>
            <Link
              href={paths.approvals(tenant, { show: "closed" })}
              aria-current={open ? undefined : "page"}
              className={tab(!open)}
            >
              Decided
            </Link>
          </nav>
        </header>
        {failed ? (
          <p role="status" className="border-line border-b bg-attention-soft px-4 py-1.5 text-attention text-xs">
            The list could not be read just now. It is tried again by itself.
          </p>
        ) : null}
        {items.length > 0 ? (
          <ul aria-label={open ? "Open" : "Decided"} className="min-h-0 flex-1 overflow-y-auto">
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  href={paths.approvals(tenant, { id: item.id, show })}
                  scroll={false}
                  aria-current={item.id === current ? "true" : undefined}
                  className={cn(
                    "flex min-h-14 flex-col justify-center gap-0.5 border-line border-b px-4 py-1.5 hover:bg-canvas focus-visible:-outline-offset-2",
                    item.id === current && "bg-accent-soft hover:bg-accent-soft",
                  )}
                >
                  <span className="truncate">{item.title}</span>
                  <span className="flex gap-2 text-ink-muted text-xs">
                    <RelativeTime at={item.decidedAt ?? item.createdAt} className="flex-1" />
                    <span className="tabular-nums">{formatMoney(item.amountMinor, item.currency)}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState icon={CheckCheck} title={open ? "Nothing waits for a decision" : "Nothing was decided yet"}>
            {open
              ? "When an agent needs a person, for missing goods, a failed payment or a letter, the question is here, whoever began the work."
              : "Decisions are kept here with who made them and when."}
          </EmptyState>
        )}
      </section>
      <div className={cn("min-h-0 min-w-0 flex-1 overflow-y-auto", !shown && "max-lg:hidden")}>
        {shown ? (
          <ApprovalPane key={shown.id} tenant={tenant} item={shown} gone={open && !listed} onChanged={refresh} />
        ) : (
          <EmptyState title="Choose a question">What was proposed and what is known about it show here.</EmptyState>
        )}
      </div>
    </main>
  );
}

const tab = (chosen: boolean) => (chosen ? "font-medium text-ink" : "text-ink-muted hover:text-ink");
