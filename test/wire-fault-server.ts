import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Position } from "@/lib/failures/scenarios/fault";

/**
 * An OpenAI-compatible chat server that fails on the wire, in the ways that a mock of the API cannot: in the middle of a stream, by
 * an error frame, a clean but early end, silence, a reset, wrong bytes. Each request plays the next scene.
 */
export interface WireFaultServer {
  /** Another one after each `clear`: a request that was on its way then meets neither the scenes nor the counts of what comes after. */
  readonly baseURL: string;
  /** The bodies of the requests so far. */
  requests: ChatRequest[];
  /** Answers that are under way, and those whose connection the client closed before they were whole. */
  connections: { open: number; abandoned: number };
  play(...scenes: Scene[]): void;
  /** Forgets the requests, and the scenes that were not played. */
  clear(): void;
  close(): Promise<void>;
}

export interface ChatRequest {
  messages: { role: string; content?: unknown; tool_calls?: { id: string }[]; tool_call_id?: string }[];
  [key: string]: unknown;
}

export interface Scene {
  text?: string;
  call?: { id?: string; name: string; arguments: string };
  fault?: { at: Position; fault: Fault };
  /** Milliseconds between frames. */
  paceMs?: number;
  /** What the server says that the request came to. */
  counted?: { input: number; output: number };
}

export async function startWireFaultServer(): Promise<WireFaultServer> {
  const requests: ChatRequest[] = [];
  const scenes: Scene[] = [];
  const connections = { open: 0, abandoned: 0 };
  let play = 0;
  const server = createServer(async (request, response) => {
    if (!request.url?.startsWith(`/play-${play}/`)) {
      response.writeHead(410).end("this play is over");
      return;
    }
    connections.open++;
    const began = play;
    response.once("close", () => {
      if (began !== play) return;
      connections.open--;
      if (!response.writableFinished) connections.abandoned++;
    });
    const body = await read(request);
    if (body === null || began !== play) {
      response.destroy();
      return;
    }
    requests.push(JSON.parse(body) as ChatRequest);
    const scene = scenes.shift();
    if (scene) await perform(response, scene, requests.length).catch(() => response.destroy());
    // A status of its own, so that a request too many cannot be taken for part of the play.
    else response.writeHead(418).end("no scene is left");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    get baseURL() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/play-${play}/v1`;
    },
    requests,
    connections,
    play: (...next) => void scenes.push(...next),
    clear: () => {
      play++;
      requests.length = 0;
      scenes.length = 0;
      Object.assign(connections, { open: 0, abandoned: 0 });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Null when the client went away before it had sent all of it. */
async function read(request: IncomingMessage): Promise<string | null> {
  let body = "";
  try {
    for await (const chunk of request) body += chunk;
  } catch {
    return null;
  }
  return body;
}

async function perform(response: ServerResponse, scene: Scene, requestNumber: number): Promise<void> {
  const { fault, at } = { fault: scene.fault?.fault, at: scene.fault?.at };
  if (fault?.kind === "status") {
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    response.end(JSON.stringify(fault.body));
    return;
  }
  if (fault?.kind === "page") {
    response.writeHead(200, { "content-type": fault.contentType }).end(fault.body);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  for (const frame of framesUntil(scene, at, requestNumber)) {
    response.write(`data: ${JSON.stringify(frame)}\n\n`);
    if (scene.paceMs) await sleep(scene.paceMs);
  }
  if (fault) await strike(response, fault);
  else finish(response, scene.call ? "tool_calls" : "stop", scene.counted);
}

const delta = (delta: object, finish_reason: string | null = null) => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "wire",
  choices: [{ index: 0, delta, finish_reason }],
});

function* framesUntil({ text = "", call }: Scene, at: Position | undefined, requestNumber: number): Generator<object> {
  if (at === "before") return;
  yield delta({ role: "assistant", content: "" });
  const half = Math.ceil(text.length / 2);
  if (text) yield delta({ content: text.slice(0, half) });
  if (at === "text") return;
  if (text) yield delta({ content: text.slice(half) });
  if (!call) return;
  const cut = Math.ceil(call.arguments.length / 2);
  const head = { index: 0, id: call.id ?? `call_${requestNumber}`, type: "function" };
  yield delta({ tool_calls: [{ ...head, function: { name: call.name, arguments: call.arguments.slice(0, cut) } }] });
  if (at === "arguments") return;
  yield delta({ tool_calls: [{ index: 0, function: { arguments: call.arguments.slice(cut) } }] });
}

async function strike(response: ServerResponse, fault: Fault): Promise<void> {
  // What was written before must have arrived, or a reset would take it along.
  await sleep(20);
  switch (fault.kind) {
    case "error_frame":
      response.end(`data: ${JSON.stringify({ error: fault.error })}\n\n`);
      break;
    case "garbage":
      response.write('data: {"choices": [{"delta": {"cont\n\n');
      finish(response, "stop");
      break;
    case "early_end":
      response.end();
      break;
    case "reset":
      response.socket?.resetAndDestroy();
      break;
    case "bad_utf8":
      response.write(
        Buffer.concat([Buffer.from('data: {"choices":[{"delta":{"content":"'), Buffer.from([0xff, 0xfe])]),
      );
      response.write('"}}]}\n\n');
      finish(response, "stop");
      break;
    case "finish":
      finish(response, fault.reason);
      break;
    case "stall":
      await new Promise((resolve) => response.on("close", resolve));
  }
}

function finish(
  response: ServerResponse,
  reason: string,
  counted: Scene["counted"] = { input: 100, output: 20 },
): void {
  const { input, output } = counted;
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  response.write(`data: ${JSON.stringify(delta({}, reason))}\n\n`);
  response.write(`data: ${JSON.stringify({ ...delta({}), choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}
