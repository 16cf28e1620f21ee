import { asksModel, chooseModel, copilotAgents, copilotDescriptions } from "@/lib/copilots/registry";
import { env } from "@/lib/env";
import { chatModels } from "@/lib/models/registry";
import { type AgentStreams, createAgentStreams } from "./agent-streams";
import { createCopilotHandler } from "./copilot-handler";
import { paceRuns } from "./pace-runs";
import { getRunner } from "./runner";

let handler: ReturnType<typeof createCopilotHandler> | undefined;
let streams: AgentStreams | undefined;

/** Serves what is below `/api/copilotkit` and does not stream, with the app's own copilots and runner. */
export function handleCopilotRequest(request: Request): Promise<Response> {
  handler ??= createCopilotHandler({ runner: getRunner(), agents: copilotAgents, health: describeHealth });
  return handler(request);
}

/** Serves the runs of the app's own copilots, and whoever opens or rejoins a thread. */
export const serveAgentStream: AgentStreams = (...asked) => {
  streams ??= createAgentStreams({ runner: getRunner(), agents: copilotAgents, chooseModel, asksModel, paceRuns });
  return streams(...asked);
};

function describeHealth(): object {
  const [{ label, offline }] = chatModels();
  return {
    status: "ok",
    service: "flightdeck",
    model: label,
    agents: copilotDescriptions(),
    features: {
      durableRuns: true,
      rejoin: true,
      stop: true,
      interrupts: true,
      offlineModel: offline,
      scripted: env().FLIGHTDECK_SCRIPTED,
    },
  };
}
