import { type AGUIEvent, EventType } from "@ag-ui/core";
import { text, tool } from "./scripted-agent";

const ROUNDS = 22;

/**
 * What an agent says in a run of 200 events, its RUN_STARTED and RUN_FINISHED included: messages, tool calls, steps and custom events, each
 * of which is an event of the log, because no two deltas of one message follow each other.
 */
export function* numberedScript(): Generator<AGUIEvent> {
  for (let round = 0; round < ROUNDS; round++) {
    const [message, call, step] = [`m${round}`, `c${round}`, `s${round}`];
    yield { type: EventType.STEP_STARTED, stepName: step };
    yield* [tool.start(call, "look"), tool.args(call, `{"n":${round}}`), tool.end(call), tool.result(call, "seen")];
    yield* [text.start(message), text.delta(message, `word ${round} `), text.end(message)];
    yield { type: EventType.STEP_FINISHED, stepName: step };
  }
}

/** How many events the log of the whole run has. */
export const NUMBERED_EVENTS = 2 + ROUNDS * 9;
