import { z } from "zod";
import { parseJson, type SentFile, sendFile } from "@/components/upload/send-file";

export type UploadOutcome =
  | { ok: true; id: string; title: string; chunks: number; duplicate: boolean }
  | { ok: false; message: string };

const storedSchema = z.object({ id: z.string(), title: z.string(), chunks: z.number() });
const refusedSchema = z.object({ error: z.object({ message: z.string() }) });

/** Sends one document. Never throws. */
export async function uploadFile(
  url: string,
  file: File,
  options: Parameters<typeof sendFile>[2],
): Promise<UploadOutcome> {
  return readOutcome(await sendFile(url, file, options));
}

/** What an answer means: 201 is stored, 200 says that the same bytes were here already. */
export function readOutcome({ status, body, failure }: SentFile): UploadOutcome {
  if (failure) return { ok: false, message: failure };
  const parsed = parseJson(body);
  const stored = storedSchema.safeParse(parsed);
  if ((status === 200 || status === 201) && stored.success)
    return { ok: true, ...stored.data, duplicate: status === 200 };
  const refused = refusedSchema.safeParse(parsed);
  return {
    ok: false,
    message: refused.success ? refused.data.error.message : "The file could not be stored. Try again.",
  };
}
