import { z } from "zod";
import type { AssistantView } from "@/lib/paths";

export type SearchParams = Record<string, string | string[] | undefined>;

const text = z.string().min(1).max(200).optional().catch(undefined);
const place = z.coerce.number().int().nonnegative().optional().catch(undefined);
const viewSchema = z.object({ thread: text, doc: text, chunk: text, from: place, to: place, v: place, part: place });

/** What the address asks for; whatever is malformed counts as absent. */
export function parseView(params: SearchParams): AssistantView {
  return viewSchema.parse(params);
}
