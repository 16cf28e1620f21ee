/** What to do about a failure, given what was tried already. Pure, but for the jitter that is passed in. */
import type { Failure } from "@/lib/failures/classify";
import type { Patience } from "./strict-call";

export interface RecoverySettings {
  /** Repetitions that one run may make, whatever they are for and whichever model they ask. */
  repetitionsMax: number;
  /** After this long no attempt is begun and none is waited for. */
  deadlineMs: number;
  /** How often a step is asked for again of the same model when the connection or the provider is at fault. */
  quickRetriesMax: number;
  quickRetryMs: number;
  /** A longer wait is not worth standing in line for. */
  queueWaitMsMax: number;
  /** The wait when a refusal names none; it doubles. */
  queueWaitMs: number;
  reformulationsMax: number;
  patience: Patience;
}

export const defaultRecoverySettings: RecoverySettings = {
  repetitionsMax: 10,
  deadlineMs: 240_000,
  quickRetriesMax: 2,
  quickRetryMs: 400,
  queueWaitMsMax: 60_000,
  queueWaitMs: 2_000,
  reformulationsMax: 2,
  patience: { firstPartMs: 120_000, nextPartMs: 60_000 },
};

/** What was done so far. Step counts start anew with each step, model counts with each model. */
export interface Tried {
  repetitions: number;
  elapsedMs: number;
  /** Of this step, of the model that serves now. */
  quickRetries: number;
  waits: number;
  /** Of this step. */
  reformulations: number;
  /** Of the run. */
  shrinks: number;
  repairs: number;
  /** Whether another model is left to ask. */
  another: boolean;
}

export type Decision =
  | { action: "wait"; waitMs: number }
  | { action: "retry"; waitMs: number }
  | { action: "switch" | "reformulate" | "repair" }
  /** 1 prunes, 2 prunes harder. */
  | { action: "shrink"; pressure: 1 | 2 }
  | { action: "give_up" };

const GIVE_UP: Decision = { action: "give_up" };

/** `jitter` is from [0, 1). */
export function decideRecovery(
  failure: Failure,
  tried: Tried,
  settings: RecoverySettings = defaultRecoverySettings,
  jitter: number = Math.random(),
): Decision {
  const remainingMs = settings.deadlineMs - tried.elapsedMs;
  if (tried.repetitions >= settings.repetitionsMax || remainingMs <= 0) return GIVE_UP;
  const elsewhere: Decision = tried.another ? { action: "switch" } : GIVE_UP;
  switch (failure.class) {
    case "rate_limit": {
      if (failure.retryable !== "yes") return elsewhere;
      const waitMs = queueWaitMs(failure.retryAfterMs, tried.waits, settings, jitter);
      return waitMs > Math.min(settings.queueWaitMsMax, remainingMs) ? elsewhere : { action: "wait", waitMs };
    }
    case "provider_outage":
    case "network":
    case "timeout":
    case "stream_truncated": {
      if (failure.retryable !== "yes" || tried.quickRetries >= settings.quickRetriesMax) return elsewhere;
      const backoffMs = settings.quickRetryMs * 2 ** tried.quickRetries * (0.5 + jitter);
      const waitMs = Math.max(failure.retryAfterMs ?? 0, backoffMs);
      // A provider that wants to be left alone for long is not retried quickly.
      return waitMs > Math.min(QUICK_WAIT_MS_MAX, remainingMs) ? elsewhere : { action: "retry", waitMs };
    }
    case "quota_exhausted":
    case "auth":
    case "model_not_found":
      return elsewhere;
    case "context_overflow":
    case "payload_too_large":
      return tried.shrinks >= 2 ? GIVE_UP : { action: "shrink", pressure: tried.shrinks === 0 ? 1 : 2 };
    case "tool_call_parse":
      return tried.reformulations < settings.reformulationsMax ? { action: "reformulate" } : GIVE_UP;
    case "output_truncated":
      // Only of an answer without a word of text, or with a tool call that was cut off; a text that reached its limit stands.
      return tried.reformulations < 1 ? { action: "reformulate" } : GIVE_UP;
    case "history_corrupt":
      return tried.repairs < 1 ? { action: "repair" } : GIVE_UP;
    default:
      return GIVE_UP;
  }
}

const QUICK_WAIT_MS_MAX = 5_000;
const JITTER_MS_MAX = 1_000;

/** Never before the time that was named; without one, a doubling guess. */
function queueWaitMs(hintMs: number | null, waits: number, settings: RecoverySettings, jitter: number): number {
  const baseMs = hintMs ?? settings.queueWaitMs * 2 ** waits;
  return Math.ceil(baseMs + jitter * Math.min(JITTER_MS_MAX, baseMs / 4));
}
