import { asksModel, chooseModel, copilotAgents, copilotDescriptions } from "@/lib/copilots/registry";
import { env } from "@/lib/env";
import { chatModels } from "@/lib/models/registry";
import { createCopilotHandler } from "./copilot-handler";
import { paceRuns } from "./pace-runs";
import { getRunner } from "./runner";

let handler: ReturnType<typeof createCopilotHandler> | undefined;

/** Serves every verb below `/api/copilotkit` with the app's own copilots and runner. */
export function handleCopilotRequest(request: Request): Promise<Response> {
  handler ??= createCopilotHandler({
    runner: getRunner(),
    agents: copilotAgents,
    chooseModel,
    asksModel,
    paceRuns,
    health: describeHealth,
  });
  return handler(request);
}

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
