import { z } from "zod";
import { invalidRequest } from "@/lib/failures/app-error";

const cursorSchema = z.object({
  sortKey: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/),
  id: z.string().max(64),
});
export type Cursor = z.infer<typeof cursorSchema>;

/** A place in a list, as an opaque string for the caller to hand back. */
export const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url");

/** Reads what `encodeCursor` made. Throws `invalid_request` for anything else. */
export function decodeCursor(text: string): Cursor {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    throw invalidRequest("The cursor is not one of ours. Start again without it.");
  }
}
