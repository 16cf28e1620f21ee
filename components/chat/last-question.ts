import type { Message } from "@ag-ui/client";

/** What a run sends: the last question. The server has the conversation and builds the model's history from its own rows. */
export function lastQuestion(messages: Message[]): Message[] {
  const question = messages.findLast(({ role }) => role === "user");
  return question ? [question] : [];
}
