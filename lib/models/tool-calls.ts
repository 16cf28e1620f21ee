/** What a model asked for, checked before anything is done: every call of a step is readable, or none is executed. */
import type { LanguageModelV4ToolCall } from "@ai-sdk/provider";
import { asSchema, type ToolSet } from "ai";

/** A call that cannot be executed, in words for the model. */
export interface BadToolCall {
  toolName: string;
  problem: string;
  /** The JSON schema that the input must have; null for a tool that does not exist. */
  schema: unknown;
}

const PROBLEM_CHARS_MAX = 1_000;

/** The first call of a step that cannot be executed, or null. */
export async function findBadToolCall(
  calls: readonly LanguageModelV4ToolCall[],
  tools: ToolSet,
): Promise<BadToolCall | null> {
  for (const { toolName, input } of calls) {
    const tool = Object.hasOwn(tools, toolName) ? tools[toolName] : undefined;
    if (!tool) {
      const names = Object.keys(tools).join(", ") || "none";
      return { toolName, problem: `There is no tool of this name. The tools are: ${names}.`, schema: null };
    }
    const problem = await problemOf(input, tool);
    if (problem !== null) {
      const schema = await asSchema(tool.inputSchema).jsonSchema;
      return { toolName, problem: problem.slice(0, PROBLEM_CHARS_MAX), schema };
    }
  }
  return null;
}

async function problemOf(input: string, tool: ToolSet[string]): Promise<string | null> {
  let value: unknown;
  try {
    value = input.trim() === "" ? {} : JSON.parse(input);
  } catch (error) {
    return `The arguments are not valid JSON: ${(error as Error).message}`;
  }
  const result = await asSchema(tool.inputSchema).validate?.(value);
  return result === undefined || result.success ? null : result.error.message;
}

/** What the model is told about a call that could not be read, so that it says it again in a form that can be. */
export function reformulationRequest({ toolName, problem, schema }: BadToolCall): string {
  const shape = schema === null ? "" : `\nIts input must match this JSON schema:\n${JSON.stringify(schema)}`;
  return `Your last call of the tool "${toolName}" could not be executed, and nothing was done. ${problem}${shape}\nMake the call again in a valid form, or answer without it.`;
}

/** What the model is told when it was cut off at the length limit with nothing to show: the same again would be cut off again. */
export const SHORTER_REQUEST =
  "Your last answer reached the length limit before it could be used, and nothing of it was executed. If you were calling a tool, make a shorter call, or several small ones one after another; otherwise answer briefly.";

/** Whether a message is one of those two and not a person's. */
export function isOwnRequest(text: string): boolean {
  return text === SHORTER_REQUEST || /^Your last call of the tool "[^"]*" could not be executed/.test(text);
}
