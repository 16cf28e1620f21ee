import { type AGUIEvent, type BaseEvent, EventType } from "@ag-ui/client";
import { BuiltInAgent } from "@copilotkit/runtime/v2";
import { runTurn } from "@/lib/models/turn";
import { TurnEvents } from "../turn-events";
import type { KindTurn } from "./kind";
import { asToolSet, SET_STATE, searchTool, setStateTool, stateSection } from "./kind-tools";

const STEPS_MAX = 6;

/**
 * A stream of one's own: whatever can be told as AG-UI events. Here it is this project's turn, which repeats, switches and repairs as
 * it does for the assistant; a queue, a workflow engine or another service would be read in its place.
 */
export function customAgent(turn: KindTurn): BuiltInAgent {
  return new BuiltInAgent({
    type: "custom",
    factory: ({ abortSignal }) => events(turn, abortSignal) as AsyncIterable<BaseEvent>,
  });
}

async function* events(
  { identity, input, messages, instructions, run }: KindTurn,
  signal: AbortSignal,
): AsyncGenerator<AGUIEvent> {
  const shown = new TurnEvents(input);
  const { models, meter } = run.parts;
  const parts = runTurn({
    models,
    meter,
    instructions: instructions + stateSection(input),
    messages,
    tools: asToolSet([searchTool(identity, input), setStateTool]),
    stepsMax: STEPS_MAX,
    signal,
  });
  try {
    for await (const part of parts) {
      yield* shown.take(part);
      if (part.type === "step-finished") run.answered(part.usage, part.costUsd);
      // The converters of the other kinds do this for their streams.
      if (part.type === "output" && part.part.type === "tool-result" && part.part.toolName === SET_STATE) {
        const { snapshot } = part.part.output as { snapshot?: unknown };
        if (snapshot !== undefined) yield { type: EventType.STATE_SNAPSHOT, snapshot };
      }
    }
  } finally {
    yield* shown.close();
  }
}
