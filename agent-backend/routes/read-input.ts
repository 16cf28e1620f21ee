import { type RunAgentInput, RunAgentInputSchema } from "@ag-ui/core";
import { requireLossless, UnserializableStateError } from "../checkpoints/strict-serializer";
import { HttpError } from "../http-error";

const BYTES_MAX = 4 << 20;

/** The JSON of a request. Refuses what is too large, and objects with an `lc` key, which LangChain's readers would bring to life. */
export async function readJson(request: Request, bytesMax = BYTES_MAX): Promise<unknown> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge();
  const text = await request.text();
  if (text.length > bytesMax) throw tooLarge();
  try {
    const value: unknown = JSON.parse(text);
    requireLossless(value, "body");
    return value;
  } catch (error) {
    const why = error instanceof UnserializableStateError ? error.message : "This is not JSON.";
    throw new HttpError(400, "invalid_request", why);
  }
}

export async function readRunInput(request: Request): Promise<RunAgentInput> {
  const parsed = RunAgentInputSchema.safeParse(await readJson(request));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HttpError(400, "invalid_request", `${issue?.path.join(".")}: ${issue?.message}`);
}

const tooLarge = () => new HttpError(413, "payload_too_large", "This is larger than what can be accepted.");
