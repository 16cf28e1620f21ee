import { BuiltInAgent, defineTool } from "@copilotkit/runtime/v2";
import type { LanguageModel } from "ai";
import type { KindTurn } from "./kind";
import { searchTool } from "./kind-tools";

const STEPS_MAX = 6;

/** Simple mode: CopilotKit asks the model, runs the tools and brings tools for the state; nothing is left to write. */
export function simpleAgent({ identity, input, instructions, run }: KindTurn): BuiltInAgent {
  const { name, description, parameters, execute } = searchTool(identity, input);
  return new BuiltInAgent({
    model: forRuntime(run.languageModel),
    prompt: instructions,
    tools: [defineTool({ name, description, parameters, execute })],
    maxSteps: STEPS_MAX,
    // Retries are ours: the SDK repeats an exhausted quota and drops a long wait.
    maxRetries: 0,
  });
}

/**
 * The runtime brings AI SDK 6, which takes models of the version before ours. Between the two versions nothing changed of what a chat
 * with tools uses; the tests of this folder run it over HTTP.
 */
function forRuntime(model: LanguageModel): never {
  return { ...(model as object), specificationVersion: "v3" } as never;
}
