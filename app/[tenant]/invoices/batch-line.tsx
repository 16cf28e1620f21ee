"use client";

import { CircleStop, ListChecks, Play, RotateCcw } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import type { BatchDetails } from "@/lib/invoices/batch-summary";
import { paths } from "@/lib/paths";
import { describeBatch } from "./describe-batch";

const LiveBatch = dynamic(() => import("./live-batch").then((module) => module.LiveBatch), { ssr: false });

interface BatchLineProps {
  tenant: string;
  batch: BatchDetails;
  version: string;
  busy: boolean;
  /** Whether a question is open to this member. */
  canDecide: boolean;
  onStart(): void;
  onStop(): void;
  onResume(): void;
  onReview(): void;
  onStep(): void;
}

/** Where the reconciliation of a set stands, live, and what moves it on. */
export function BatchLine({ batch, tenant, version, busy, canDecide, ...on }: BatchLineProps) {
  const { status } = batch;
  return (
    <section
      aria-label="Reconciliation"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2"
    >
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-1.5">
        {batch.threadId ? (
          <LiveBatch
            key={batch.threadId}
            eventsUrl={paths.invoiceEvents(tenant, batch.id)}
            status={status}
            version={version}
            onStep={on.onStep}
          />
        ) : null}
        <p role="status" className={status === "failed" ? "text-failure text-sm" : "text-ink-muted text-sm"}>
          {describeBatch(batch)}
        </p>
      </div>
      {status === "new" || status === "cancelled" ? (
        <Button variant="primary" disabled={busy} onClick={on.onStart}>
          <Play aria-hidden /> {status === "new" ? "Reconcile" : "Reconcile again"}
        </Button>
      ) : status === "running" ? (
        <Button disabled={busy} onClick={on.onStop}>
          <CircleStop aria-hidden /> Stop
        </Button>
      ) : status === "stopped" ? (
        <Button variant="primary" disabled={busy} onClick={on.onResume}>
          <Play aria-hidden /> Resume
        </Button>
      ) : status === "failed" ? (
        <Button variant="primary" disabled={busy} onClick={on.onResume}>
          <RotateCcw aria-hidden /> Try again
        </Button>
      ) : status === "waiting" ? (
        <Button variant="primary" onClick={on.onReview}>
          <ListChecks aria-hidden /> {canDecide ? "Decide" : "See the question"}
        </Button>
      ) : null}
    </section>
  );
}
