"use client";

import { useEffect, useRef } from "react";
import { LiveState } from "@/components/live/live-state";
import { type InvoiceState, invoiceStateSchema } from "@/contract/invoices";
import type { BatchStatus } from "@/lib/invoices/batch-summary";
import { BatchSteps } from "./batch-steps";

interface LiveBatchProps {
  eventsUrl: string;
  status: BatchStatus;
  /** Changes when the page heard of something: then the stream is joined again. */
  version: string;
  /** Whenever a step begins or ends: results may have changed with it. */
  onStep(): void;
}

/** The steps of a reconciliation as they happen. */
export function LiveBatch({ eventsUrl, status, version, onStep }: LiveBatchProps) {
  return (
    <LiveState eventsUrl={eventsUrl} version={version} schema={invoiceStateSchema} onEnded={onStep}>
      {(state) => (state ? <FollowedSteps state={state} status={status} onStep={onStep} /> : null)}
    </LiveState>
  );
}

function FollowedSteps({ state, status, onStep }: { state: InvoiceState } & Pick<LiveBatchProps, "status" | "onStep">) {
  const told = useRef(onStep);
  told.current = onStep;
  const step = stepKey(state);
  useEffect(() => {
    if (step !== "") told.current();
  }, [step]);
  return <BatchSteps state={state} status={status} />;
}

function stepKey({ steps, round, reconciled, drafts }: InvoiceState): string {
  const states = Object.values(steps).map(({ state }) => state);
  return [...states, round, reconciled, drafts.sent, drafts.skipped].join(" ");
}
