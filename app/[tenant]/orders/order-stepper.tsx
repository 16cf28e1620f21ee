import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { ORDER_STEPS, type OrderState, type OrderStepId } from "@/contract/orders";
import { OrderStepRow } from "./order-step-row";

interface OrderStepperProps {
  /** Null until it is known. */
  state: OrderState | null;
  decision: ReactNode;
}

const REVIEWS: readonly OrderStepId[] = ["HUMAN_REVIEW", "HUMAN_REVIEW_PAYMENT"];

/** What was done, is being done and will be done for an order, a line a step. A review is shown once it was needed. */
export function OrderStepper({ state, decision }: OrderStepperProps) {
  if (!state) {
    return (
      <div aria-busy className="flex flex-col">
        {ORDER_STEPS.slice(0, 7).map((step) => (
          <div key={step} className="flex h-10 items-center gap-3 border-line border-b">
            <Skeleton className="size-4 rounded-full" />
            <Skeleton className="h-3.5 w-40" />
          </div>
        ))}
      </div>
    );
  }
  const steps = ORDER_STEPS.filter(
    (id) => !REVIEWS.includes(id) || !["pending", "skipped"].includes(state.steps[id].state),
  );
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {steps.map((id) => (
        <OrderStepRow key={id} id={id} step={state.steps[id]} orderId={state.orderId} currency={state.currency}>
          {state.question?.step === id && state.steps[id].state === "waiting" ? decision : null}
        </OrderStepRow>
      ))}
    </ol>
  );
}
