import { classify } from "@/lib/failures/classify";
import { failureNamed, ModelFailure } from "./model-failure";

// An error page is short; of anything longer the beginning says enough.
const BODY_CHARS_MAX = 64 * 1024;
const BODY_PATIENCE_MS = 5_000;

/**
 * `fetch` for a model provider that takes only an event stream of valid UTF-8 for a streamed answer. A captive portal's page, or a
 * gateway's error with status 200, otherwise reaches the AI SDK as an empty answer, and bad bytes as replacement characters.
 */
export function createCheckedFetch(provider: string, inner: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const response = await inner(input, init);
    if (!response.ok || !response.body || !asksForStream(init?.body)) return response;
    const type = response.headers.get("content-type") ?? "";
    if (type !== "" && !/^text\/event-stream\b/i.test(type)) throw await notAStream(provider, response);
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(validUtf8()), { status, statusText, headers });
  };
}

function asksForStream(body: unknown): boolean {
  return typeof body === "string" && /"stream"\s*:\s*true/.test(body);
}

/** What such a body says may still name the failure: some gateways report an exhausted quota with status 200. */
async function notAStream(provider: string, response: Response): Promise<ModelFailure> {
  const { status, headers } = response;
  const body = await readBeginning(response);
  const failure = classify({ provider, phase: "mid_stream", status, headers: Object.fromEntries(headers), body });
  // Even a whole answer is none in the form that was asked for: nothing of it would reach the reader.
  return new ModelFailure(failure.class === "none" ? failureNamed("stream_truncated") : failure);
}

async function readBeginning(response: Response): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return "";
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), BODY_PATIENCE_MS);
  let text = "";
  try {
    while (text.length < BODY_CHARS_MAX) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    // A page that breaks off is still no answer.
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => {});
  }
  return text.slice(0, BODY_CHARS_MAX);
}

/** Passes bytes on as they are, and breaks the stream at the first that are not UTF-8. */
function validUtf8(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const check = (chunk?: Uint8Array) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw new ModelFailure(failureNamed("stream_truncated"), error);
    }
  };
  return new TransformStream({
    transform(chunk, controller) {
      check(chunk);
      controller.enqueue(chunk);
    },
    flush: () => check(),
  });
}
