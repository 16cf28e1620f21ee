/** How far an answer comes before a fault strikes: nothing, part of the text, part of a call's arguments, the whole call. */
export const positions = ["before", "text", "arguments", "call"] as const;
export type Position = (typeof positions)[number];

/** What a provider, or something on the way to it, does instead of answering. */
export type Fault =
  /** Instead of a stream; only before it. */
  | { kind: "status"; status: number; body: unknown; headers?: Record<string, string> }
  | { kind: "page"; contentType: string; body: string }
  /** In the stream. */
  | { kind: "error_frame"; error: unknown }
  | { kind: "garbage" }
  | { kind: "early_end" }
  | { kind: "stall" }
  | { kind: "reset" }
  | { kind: "bad_utf8" }
  | { kind: "finish"; reason: string };
