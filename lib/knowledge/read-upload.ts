import { z } from "zod";
import { invalidRequest, payloadTooLarge } from "@/lib/failures/app-error";
import { parseInput } from "@/lib/gateway/api-route";
import { readForm, readJson } from "@/lib/gateway/read-body";
import { textUpload } from "./ingest";
import { UPLOAD_BYTES_MAX } from "./limits";
import type { Upload } from "./prepare-upload";

// Boundaries and part headers of a form, or the escapes of a JSON text.
const ENVELOPE_BYTES_MAX = 1024 * 1024;
const BYTES_MAX = UPLOAD_BYTES_MAX + ENVELOPE_BYTES_MAX;
/** Twenty megabytes over a slow line. */
const TIMEOUT_MS = 5 * 60_000;

const textSchema = z.object({ title: z.string().trim().min(1).max(200), text: z.string() });

/**
 * The upload in a request: a multipart form with a `file` (and perhaps a `title`), or JSON `{title, text}`. Stops reading as soon as
 * there is more than a file may have.
 */
export async function readUpload(request: Request): Promise<Upload> {
  if (/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    const { title, text } = parseInput(
      textSchema,
      await readJson(request, { bytesMax: BYTES_MAX, timeoutMs: TIMEOUT_MS }),
    );
    return textUpload(title, text);
  }
  const form = await readForm(request, { bytesMax: BYTES_MAX, timeoutMs: TIMEOUT_MS });
  const file = form.get("file");
  if (!(file instanceof File)) throw invalidRequest("The form has no file.", { file: "Choose a file." });
  if (file.size > UPLOAD_BYTES_MAX)
    throw payloadTooLarge(`The file is larger than ${UPLOAD_BYTES_MAX / 1024 ** 2} MB.`);
  const title = form.get("title");
  return {
    filename: file.name,
    mime: file.type || undefined,
    title: typeof title === "string" && title.trim() !== "" ? title : undefined,
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}
