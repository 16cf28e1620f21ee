import { runTurn, type TurnOptions } from "./turn";

/** A single question outside any conversation, answered in plain text, with all the care of a turn. Throws what `runTurn` throws. */
export async function askModel(
  options: Pick<TurnOptions, "models" | "meter" | "health" | "settings" | "signal" | "report">,
  instructions: string,
  question: string,
): Promise<string> {
  let text = "";
  const messages = [{ role: "user" as const, content: question }];
  for await (const part of runTurn({ ...options, instructions, messages, tools: {}, stepsMax: 1 })) {
    if (part.type === "attempt-failed") text = "";
    if (part.type === "output" && part.part.type === "text-delta") text += part.part.text;
  }
  return text;
}
