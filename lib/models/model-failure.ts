/** A failed model call that has its name already. What is thrown inside this folder, and all that leaves it. */
import type { FailureClass } from "@/contract/failures";
import { classify, type Failure } from "@/lib/failures/classify";
import { failureFacts } from "@/lib/failures/failure-class";
import type { Observation } from "@/lib/failures/observation";
import { observeThrown } from "@/lib/failures/thrown";

const BRAND: unique symbol = Symbol.for("flightdeck.ModelFailure");

export class ModelFailure extends Error {
  // As with AppError: the copy that describes it may be another than the one that threw it.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && BRAND in value;
  }

  override readonly name = "ModelFailure";
  readonly [BRAND] = true;

  /** `cause` is for the log; what people read is `failure.publicMessage`. */
  constructor(
    readonly failure: Failure,
    cause?: unknown,
  ) {
    super(`${failure.class} (${failure.recovery})`, { cause });
  }
}

const CAUSES_MAX = 10;

/** The failure behind a thrown value: the name it got where it was seen, or one by its evidence. */
export function failureOf(
  thrown: unknown,
  context: Pick<Observation, "provider" | "phase" | "abortedBy" | "partialOutputSeen">,
): Failure {
  let link: unknown = thrown;
  for (let depth = 0; depth < CAUSES_MAX && link instanceof Error; depth++) {
    if (link instanceof ModelFailure) return link.failure;
    link = link.cause;
  }
  return classify(observeThrown(thrown, context));
}

/** A failure whose class was established otherwise, as when our own clock ran out. */
export function failureNamed(name: FailureClass, retryAfterMs: number | null = null): Failure {
  return { ...failureFacts[name], class: name, retryAfterMs };
}
