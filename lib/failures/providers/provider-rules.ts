/** The shape of one provider's file. Adding a provider is writing one and naming it in `providers/index.ts`. */
import type { Answer, JsonObject } from "../answer";
import type { FailureClass } from "../failure-class";

export type MessageRule = readonly [pattern: RegExp, failureClass: FailureClass];

export interface ProviderRules {
  /** What observations call this provider; a name also matches as part of a longer one ("azure-openai"). */
  names: readonly string[];
  /** Structured codes, types and statuses, lower case, that settle the class. */
  codes?: Readonly<Record<string, FailureClass>>;
  /** The same for codes with a variable part, such as Gemini's quota ids. */
  codePatterns?: readonly MessageRule[];
  /** Codes that name a family: they beat the HTTP status, and a message may still make them more exact. */
  familyCodes?: Readonly<Record<string, FailureClass>>;
  /** Codes that say less than an HTTP error status, and count only without one. */
  vagueCodes?: Readonly<Record<string, FailureClass>>;
  /** What an error without a body means here, by status. */
  emptyBody?: Readonly<Record<number, FailureClass>>;
  /** Last evidence: an error message's text, most exact first. Never tried on model output. */
  messages?: readonly MessageRule[];
  /** Finish reasons as sent; those that mean a healthy end are "none". */
  finishReasons?: Readonly<Record<string, FailureClass>>;
  /** Reads one parsed frame (or a whole JSON answer) of this provider's dialect; false when it is not one. */
  readFrame?: (frame: JsonObject, answer: Answer) => boolean;
}
