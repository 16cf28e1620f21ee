/** How far a model's answer came, whatever the dialect it was sent in. */

export type JsonObject = Record<string, unknown>;

export interface Answer {
  /** True once a frame was understood as part of an answer. */
  recognised: boolean;
  hasText: boolean;
  /** Arguments of each tool call, as JSON text, by the key its dialect gives it. */
  toolArguments: Map<string, string>;
  finishReason: string | null;
  /** The model declined in a field of its own, beside an ordinary finish reason. */
  refused: boolean;
  /** Error objects found among the frames. */
  errors: JsonObject[];
  /** True when a frame was not JSON: part of the answer is missing. */
  malformed: boolean;
}

export function emptyAnswer(): Answer {
  return {
    recognised: false,
    hasText: false,
    toolArguments: new Map(),
    finishReason: null,
    refused: false,
    errors: [],
    malformed: false,
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else is an empty list. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Appends to the arguments of one tool call. Objects arrive whole, strings in pieces. */
export function addToolArguments(answer: Answer, key: string, piece: unknown): void {
  // Only whether it is an object matters, and writing out a very deep one could overflow the stack.
  const text = typeof piece === "string" ? piece : isObject(piece) ? "{}" : Array.isArray(piece) ? "[]" : "";
  answer.toolArguments.set(key, (answer.toolArguments.get(key) ?? "") + text);
}

/** True when some tool call's arguments are not a JSON object. No arguments at all are fine. */
export function hasBrokenToolArguments(answer: Answer): boolean {
  return [...answer.toolArguments.values()].some((text) => text.trim() !== "" && !isObject(parseJson(text)));
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
