import type { z } from "zod";

/** A tool's result as its schema says, or null for anything else: an older version's, a failure's, half a stream's. */
export function parseToolResult<S extends z.ZodTypeAny>(schema: S, result: string | undefined): z.infer<S> | null {
  if (!result) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(result));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
