/** What the break-it panel offers. Any other name that `findScenario` knows can be asked for with the header. */
export interface ShownScenario {
  name: string;
  title: string;
  /** What somebody should see. */
  expect: string;
}

export const shownScenarios: readonly ShownScenario[] = [
  {
    name: "rate_limit",
    title: "Too many requests",
    expect: "Waits in line with a countdown of three seconds, then answers.",
  },
  {
    name: "rate_limit.second",
    title: "Too many requests, for two minutes",
    expect: "Too long to wait for: the second model answers at once.",
  },
  {
    name: "rate_limit.always",
    title: "Too many requests, and no second model",
    expect: "Says when to ask again. The button counts down.",
  },
  {
    name: "provider_outage",
    title: "A short outage",
    expect: "Asked again at once, then answered.",
  },
  {
    name: "provider_outage.second",
    title: "An outage that lasts",
    expect: "Two more tries, then the second model answers. The header says that the first one is left alone.",
  },
  {
    name: "provider_outage.always",
    title: "An outage, and no second model",
    expect: "Two more tries, then a notice. The question is kept.",
  },
  {
    name: "network.text",
    title: "The connection breaks in the middle of the answer",
    expect: "The step is repeated under the same message; nothing is said twice.",
  },
  {
    name: "network.always",
    title: "The connection cannot be made",
    expect: "Two more tries, then a notice.",
  },
  {
    name: "timeout",
    title: "The model says nothing",
    expect: "Given up after two seconds and asked again.",
  },
  {
    name: "timeout.always",
    title: "The model stays silent",
    expect: "Two more tries, then a notice that offers to shorten the question.",
  },
  {
    name: "stream_truncated",
    title: "The answer ends early, without an error",
    expect: "Noticed all the same; the partial text is replaced.",
  },
  {
    name: "stream_truncated.always",
    title: "The answer ends early every time",
    expect: "What arrived is kept, with a notice under it.",
  },
  {
    name: "output_truncated",
    title: "The answer reaches its length limit",
    expect: "What was said stands, and can be continued.",
  },
  {
    name: "context_overflow",
    title: "The conversation does not fit",
    expect: "Older turns are condensed and the question is sent again.",
  },
  {
    name: "context_overflow.always",
    title: "The conversation does not fit at all",
    expect: "Condensed once, once harder, and then it says so.",
  },
  {
    name: "payload_too_large.always",
    title: "What is sent is too large",
    expect: "Shortened twice, and then it says so.",
  },
  {
    name: "tool_call_parse",
    title: "A tool call that cannot be read",
    expect: "The model is told what was wrong and calls again.",
  },
  {
    name: "tool_call_parse.always",
    title: "Tool calls that cannot be read",
    expect: "Asked for twice more. Nothing is done, and a notice says so.",
  },
  {
    name: "history_corrupt",
    title: "An earlier step has no result",
    expect: "The history is put in order and sent again.",
  },
  {
    name: "history_corrupt.always",
    title: "A history that cannot be repaired",
    expect: "Repaired once; then a notice offers a new conversation.",
  },
  {
    name: "quota_exhausted.second",
    title: "The account is empty",
    expect: "Not tried again: the second model answers, operators are alerted.",
  },
  {
    name: "quota_exhausted.always",
    title: "The account is empty, and no second model",
    expect: "Not tried again: a notice with details for an administrator.",
  },
  {
    name: "auth.always",
    title: "The key is refused",
    expect: "Not tried again: a notice with details for an administrator.",
  },
  {
    name: "model_not_found.always",
    title: "The model does not exist",
    expect: "Not tried again: a notice with details for an administrator.",
  },
  {
    name: "content_filter",
    title: "A safety rule stops the answer",
    expect: "Explained, never sent again. The question can be edited.",
  },
  {
    name: "invalid_request",
    title: "The request is refused",
    expect: "Explained, with details to copy.",
  },
];
