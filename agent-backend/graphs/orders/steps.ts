import type { OrderState, OrderStep, OrderStepId, StepEntry } from "@/contract/orders";

type Steps = Partial<Record<OrderStepId, OrderStep>>;

const now = () => new Date().toISOString();

/** The step as it begins, or begins again: its attempts grow, what happened before stays in its entries. */
export function begun(state: OrderState, id: OrderStepId): OrderStep {
  const step = state.steps[id];
  if (step.state === "running") return step;
  return { ...step, state: "running", startedAt: step.startedAt ?? now(), endedAt: null, attempts: step.attempts + 1 };
}

interface StepEnd {
  note: string;
  entries?: StepEntry[];
  decidedBy?: string;
  state?: OrderStep["state"];
}

export function ended(step: OrderStep, { note, entries = [], decidedBy, state = "done" }: StepEnd): OrderStep {
  return {
    ...step,
    state,
    note,
    endedAt: state === "waiting" ? null : now(),
    decidedBy: decidedBy ?? step.decidedBy,
    entries: [...step.entries, ...entries],
  };
}

/** Marks the step that comes next as running, so that whoever watches sees work before its first result. */
export function next(state: OrderState, id: OrderStepId): Steps {
  return { [id]: begun(state, id) };
}

/** The steps that an order will not need any more. */
export function skipped(state: OrderState, ids: readonly OrderStepId[], note: string): Steps {
  return Object.fromEntries(
    ids
      .filter((id) => ["pending", "running", "waiting"].includes(state.steps[id].state))
      .map((id) => [id, { ...state.steps[id], state: "skipped" as const, note, endedAt: now() }]),
  );
}
