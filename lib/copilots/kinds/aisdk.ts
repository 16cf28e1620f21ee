import { BuiltInAgent } from "@copilotkit/runtime/v2";
import { extractReasoningMiddleware, isStepCount, streamText, wrapLanguageModel } from "ai";
import type { KindTurn } from "./kind";
import { asToolSet, searchTool, setStateTool, stateSection } from "./kind-tools";

const STEPS_MAX = 6;

/** The AI SDK: everything that `streamText` can do, and CopilotKit makes events of its stream. */
export function aiSdkAgent({ identity, input, messages, instructions, run }: KindTurn): BuiltInAgent {
  return new BuiltInAgent({
    type: "aisdk",
    factory: ({ abortSignal }) => {
      const result = streamText({
        // Many servers send what the model thinks as part of its text.
        model: wrapLanguageModel({
          model: run.languageModel,
          middleware: extractReasoningMiddleware({ tagName: "think" }),
        }),
        instructions: instructions + stateSection(input),
        messages,
        tools: asToolSet([searchTool(identity, input), setStateTool]),
        stopWhen: isStepCount(STEPS_MAX),
        maxRetries: 0,
        abortSignal,
        // The failure is kept by the run; without this the SDK prints it.
        onError: () => {},
      });
      return { fullStream: result.stream };
    },
  });
}
