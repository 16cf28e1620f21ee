import type { Fault, Position } from "@/lib/failures/scenarios/fault";

export interface FaultPlan {
  at: Position;
  fault: Fault;
  /** Whether it strikes at each request, or at the first that comes to the position. */
  always: boolean;
}

/** How many pieces of text go by before a fault in the middle of the text: enough for people to see some. */
const TEXT_FRAMES = 12;

/** `fetch` for a chat provider with a fault in it, at its edge: the client behind it sees what it would see on the wire. */
export function createFaultyFetch(inner: typeof fetch, { at, fault, always }: FaultPlan): typeof fetch {
  let struck = false;
  return async (input, init) => {
    if (struck && !always) return inner(input, init);
    const signal = init?.signal ?? undefined;
    if (at !== "before") {
      const response = await inner(input, init);
      if (!response.ok || !response.body) return response;
      const frames = withFault(framesOf(response.body), at, fault, signal, () => {
        struck = true;
      });
      return new Response(streamOf(frames), { headers: { "content-type": "text/event-stream" } });
    }
    struck = true;
    switch (fault.kind) {
      case "status":
        return Response.json(fault.body, { status: fault.status, ...(fault.headers && { headers: fault.headers }) });
      case "page":
        return new Response(fault.body, { headers: { "content-type": fault.contentType } });
      case "reset":
        throw connectionLost("fetch failed");
      case "stall":
        return silence(signal);
      default:
        return new Response(streamOf(strike(fault, signal)), { headers: { "content-type": "text/event-stream" } });
    }
  };
}

interface SeenFrame {
  raw: string;
  text: boolean;
  call: boolean;
  end: boolean;
}

/** The healthy stream up to the position, then the fault; all of it when the position never comes. */
async function* withFault(
  frames: AsyncGenerator<SeenFrame>,
  at: Exclude<Position, "before">,
  fault: Fault,
  signal: AbortSignal | undefined,
  onStruck: () => void,
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  let texts = 0;
  let calls = 0;
  for await (const frame of frames) {
    const textDone = texts >= TEXT_FRAMES || (texts > 0 && (frame.end || frame.call));
    const strikes = { text: textDone, arguments: calls > 0, call: calls > 0 && frame.end }[at];
    if (strikes) {
      onStruck();
      yield* strike(fault, signal);
      return;
    }
    if (frame.text) texts++;
    if (frame.call) calls++;
    yield `${frame.raw}\n\n`;
  }
}

async function* strike(
  fault: Fault,
  signal: AbortSignal | undefined,
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  switch (fault.kind) {
    case "error_frame":
      yield `data: ${JSON.stringify({ error: fault.error })}\n\n`;
      return;
    case "garbage":
      yield 'data: {"choices": [{"delta": {"cont\n\n';
      yield finish("stop");
      return;
    case "bad_utf8":
      yield new Uint8Array([0x64, 0x61, 0x74, 0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a, 0x0a]);
      yield finish("stop");
      return;
    case "finish":
      yield finish(fault.reason);
      return;
    case "reset":
      throw connectionLost("terminated");
    case "stall":
      await silence(signal);
      return;
    // An early end is nothing more; a status or a page comes only instead of a stream.
    default:
  }
}

function finish(reason: string): string {
  const choices = [{ index: 0, delta: {}, finish_reason: reason }];
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", choices })}\n\ndata: [DONE]\n\n`;
}

/** What undici throws for a connection that was reset. */
function connectionLost(message: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}

/** Nothing, until the caller gives up. */
function silence(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = () => reject(signal?.reason);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener("abort", giveUp, { once: true });
  });
}

async function* framesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<SeenFrame> {
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split(/\r?\n\r?\n/);
    rest = parts.pop() ?? "";
    for (const raw of parts) yield seen(raw);
  }
  if (rest.trim()) yield seen(rest);
}

function seen(raw: string): SeenFrame {
  return {
    raw,
    text: /"content"\s*:\s*"[^"]/.test(raw),
    call: /"arguments"\s*:\s*"[^"]/.test(raw),
    end: /"finish_reason"\s*:\s*"/.test(raw) || raw.includes("[DONE]"),
  };
}

function streamOf(parts: AsyncGenerator<string | Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      // Not awaited: a generator that waits in silence returns only when the caller's signal aborts.
      void parts.return(undefined).catch(() => {});
    },
  });
}
