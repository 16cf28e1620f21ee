import { BATCH_STEPS, type BatchStep, type BatchStepId, type InvoiceState } from "@/contract/invoices";

type Steps = Partial<Record<BatchStepId, BatchStep>>;

const now = () => new Date().toISOString();

export function done(state: InvoiceState, id: BatchStepId, note: string, decidedBy?: string): Steps {
  const step = state.steps[id];
  return {
    [id]: {
      ...step,
      state: "done",
      startedAt: step.startedAt ?? now(),
      endedAt: now(),
      note,
      decidedBy: decidedBy ?? step.decidedBy,
    },
  };
}

/** Marks the step that comes next, so that whoever watches sees work before its first result. */
export function begun(state: InvoiceState, id: BatchStepId, as: "running" | "waiting" = "running", note = ""): Steps {
  return { [id]: { ...state.steps[id], state: as, startedAt: now(), endedAt: null, note } };
}

/** A step that had its turn and nothing to do; `note` says why. */
export function passedOver(state: InvoiceState, id: BatchStepId, note: string, decidedBy: string): Steps {
  return { [id]: { ...state.steps[id], state: "skipped", startedAt: null, endedAt: null, note, decidedBy } };
}

/** The steps that the batch will not need any more. */
export function skipped(state: InvoiceState, note: string): Steps {
  const open = BATCH_STEPS.filter((id) => ["pending", "running", "waiting"].includes(state.steps[id].state));
  return Object.fromEntries(open.map((id) => [id, { ...state.steps[id], state: "skipped", note, endedAt: now() }]));
}
