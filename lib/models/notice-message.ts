import type { FailureClass, RecoveryAction } from "@/contract/failures";
import { failureFacts } from "@/lib/failures/failure-class";

/** What is being done, for the person who waits. Short: it stands beside a countdown or a spinner. */
export function noticeMessage(action: RecoveryAction, failure: FailureClass): string {
  switch (action) {
    case "wait":
      return "The model takes no more requests just now. Your question waits in line.";
    case "retry":
      return RETRY[failure] ?? "The model could not answer. It is asked again.";
    case "switch":
      return "The first model cannot answer just now. The second one does.";
    case "shrink":
      return "This conversation is longer than the model can read. Older turns are being condensed.";
    case "reformulate":
      return "The model asked for an action in a form that could not be read. It is asked to say it again; nothing was done yet.";
    case "repair":
      return "An earlier step of this conversation is incomplete. It is being put in order.";
    case "keep":
      return "The answer reached its length limit. You can ask to continue it.";
  }
}

const RETRY: Partial<Record<FailureClass, string>> = {
  network: "The connection to the model was lost. This step is repeated.",
  timeout: "The model was silent for too long. This step is repeated.",
  stream_truncated: "The answer broke off. This step is repeated and replaces what you see of it.",
  provider_outage: "The model's provider has a problem. It is asked again.",
};

/** What is said when everything that could be done was done: what happened, and what the reader can do now. */
export function gaveUpMessage(failure: FailureClass): string {
  return GAVE_UP[failure] ?? failureFacts[failure].publicMessage;
}

const GAVE_UP: Partial<Record<FailureClass, string>> = {
  rate_limit:
    "The model takes no more requests just now. Your question is kept; ask again when the time shown is over.",
  context_overflow:
    "This conversation is longer than the model can read, even with its older turns condensed. Start a new conversation, or ask about less at once.",
  provider_outage:
    "The model's provider has a problem, and no other could answer. Your question is kept; try again in a moment.",
  network: "The connection to the model was lost several times. Your question is kept; try again in a moment.",
  timeout: "The model was silent for too long. Your question is kept; a shorter one may help.",
  stream_truncated: "The answer broke off several times. What arrived is kept; try again in a moment.",
  tool_call_parse:
    "The model asked for an action in a form that could not be read, several times. Nothing was done; asking in other words may help.",
  output_truncated:
    "The model asked for an action that was longer than an answer may be. Nothing was done; ask for it in smaller parts.",
  history_corrupt:
    "The model does not accept this conversation any more. Your question is kept; start a new conversation with it.",
  payload_too_large:
    "What was sent is larger than the model accepts, even shortened. Remove or shrink an attachment, or start a new conversation.",
};
