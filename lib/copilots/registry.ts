// The copilots this app serves. Add one: write its file, name it here.
import type { AbstractAgent } from "@ag-ui/client";
import { env } from "@/lib/env";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { allowedOf, choiceOf, modelNotAllowed } from "@/lib/models/model-choice";
import { offeredModels } from "@/lib/models/registry";
import { settingsOf } from "@/lib/settings/get-settings";
import { checkAllowance } from "@/lib/usage/allowance";
import { BACKEND_AGENTS, BackendAgent } from "./backend-agent";
import { Copilot, type CopilotDefinition } from "./copilot";
import { kinds } from "./kinds/kind";
import { KindAgent } from "./kinds/kind-agent";
import { knowledgeCopilot } from "./knowledge/copilot";
import { RestartedAgent } from "./restarted-agent";
import { ScriptedAgent } from "./scripted";

const definitions: CopilotDefinition[] = [knowledgeCopilot];

/** The agents of one verified caller, by id. They are made for each request and share nothing. */
export function copilotAgents(identity: RequestIdentity): Record<string, AbstractAgent> {
  const agents: [string, AbstractAgent][] = definitions.map((definition) => [
    definition.id,
    new Copilot(definition, identity),
  ]);
  for (const agent of backendAgents()) agents.push([agent.id, new BackendAgent(agent, identity)]);
  if (env().FLIGHTDECK_SCRIPTED) agents.push(["scripted", new ScriptedAgent()]);
  for (const kind of shownKinds()) agents.push([kind.id, new KindAgent(kind, identity)]);
  return Object.fromEntries(agents);
}

/** The agent that answers a turn again whose process died, or null where that could repeat a deed. */
export function restartedCopilot(id: string, identity: RequestIdentity): AbstractAgent | null {
  // Its work goes on in the agent backend, which does nothing twice; only the watching begins again.
  const agent = BACKEND_AGENTS.find((one) => one.id === id);
  if (agent) return new BackendAgent(agent, identity);
  const definition = definitions.find((one) => one.id === id && one.readOnly);
  return definition ? new RestartedAgent(new Copilot(definition, identity)) : null;
}

/** The ids that a thread may be begun with. */
export function copilotIds(): string[] {
  const ids = listed().map(({ id }) => id);
  return env().FLIGHTDECK_SCRIPTED ? [...ids, "scripted"] : ids;
}

/** Whether a copilot asks a model through the turn of this project, which is where failures can be tried out. */
export function asksModel(id: string): boolean {
  return definitions.some((definition) => definition.id === id);
}

/** Ids and descriptions without an identity, for the health route. */
export function copilotDescriptions(): { id: string; description: string }[] {
  return listed().map(({ id, description }) => ({ id, description }));
}

function listed(): { id: string; description: string }[] {
  return [...definitions, ...backendAgents(), ...shownKinds()];
}

const backendAgents = () => (env().AGENT_BACKEND_URL ? BACKEND_AGENTS : []);

/** Examples for a fork, and no part of the product. */
const shownKinds = () => (env().FLIGHTDECK_KINDS ? kinds : []);

export interface DescribedModel {
  label: string;
  /** True for the built-in model that answers without a provider. */
  offline: boolean;
  /** What may be chosen from, the one that serves without a choice first; empty where there is no choice. */
  choices: { id: string; label: string }[];
}

/** What the chat header shows about the model that serves a copilot for the members of a tenant. */
export async function describeModel(tenantId: string, copilotId: string): Promise<DescribedModel> {
  const models = await modelsFor(tenantId, copilotId);
  const { label, offline } = models[0];
  const choices = models.length > 1 ? models.map(({ modelId, label }) => ({ id: modelId, label })) : [];
  return { label, offline, choices };
}

/**
 * The model of a run on behalf of a member: the chosen one, or the first that the tenant allows, or the cheaper one that its admins
 * named once a soft limit is passed. Throws AppError model_not_allowed, and budget_exhausted when nothing is left to spend. Undefined where the copilot has no model of ours.
 */
export async function chooseModel(
  { tenantId, userId }: Pick<RequestIdentity, "tenantId" | "userId">,
  copilotId: string,
  forwardedProps: unknown,
) {
  if (![...definitions, ...shownKinds()].some(({ id }) => id === copilotId)) return undefined;
  const models = await modelsFor(tenantId, copilotId);
  const choice = choiceOf(forwardedProps);
  const chosen = choice === undefined ? models[0] : models.find(({ modelId }) => modelId === choice);
  if (!chosen) throw modelNotAllowed();
  const { softPassed } = await checkAllowance({ tenantId, userId });
  return (softPassed && (await cheaperModel(tenantId, copilotId))) || chosen.modelId;
}

/** What answers once a soft limit is passed, as long as the installation still offers it. */
async function cheaperModel(tenantId: string, copilotId: string): Promise<string | undefined> {
  const { cheaperModel } = await settingsOf(tenantId);
  return offeredModels(copilotId).find(({ modelId }) => modelId === cheaperModel)?.modelId;
}

async function modelsFor(tenantId: string, copilotId: string) {
  const { allowedModels } = await settingsOf(tenantId);
  return allowedOf(offeredModels(copilotId), allowedModels);
}
