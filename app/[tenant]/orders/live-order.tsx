"use client";

import type { ReactNode } from "react";
import { LiveState } from "@/components/live/live-state";
import { orderStateSchema } from "@/contract/orders";
import { OrderStepper } from "./order-stepper";

interface LiveOrderProps {
  eventsUrl: string;
  /** Changes when the queue heard of something: then the stream is joined again. */
  version: string;
  /** The form of the open question, drawn inside its step. */
  decision: ReactNode;
  onSettled(): void;
}

/** The stepper of an order that somebody began, live. */
export function LiveOrder({ eventsUrl, version, decision, onSettled }: LiveOrderProps) {
  return (
    <LiveState eventsUrl={eventsUrl} version={version} schema={orderStateSchema} onEnded={onSettled}>
      {(state) => <OrderStepper state={state} decision={decision} />}
    </LiveState>
  );
}
