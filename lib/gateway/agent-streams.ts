// The two verbs of CopilotKit's protocol that answer with a stream: `run` and `connect`. They are served here and not by CopilotKit's
// handler, on Node's own request and response: a web stream a reader, and a request made anew at each step, were a large part of what
// a run costs (docs/decisions/078). The protocol is CopilotKit's, and so is the client.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AbstractAgent } from "@ag-ui/client";
import { z } from "zod";
import { AppError, notFound } from "@/lib/failures/app-error";
import { type Frames, writeServerSentEvents } from "@/lib/runs/event-stream";
import { defaultLimits } from "@/lib/runs/limits";
import type { Admitted, PostgresAgentRunner } from "@/lib/runs/runner";
import { log, runWithTrace } from "@/lib/telemetry/log";
import { errorAnswer, finishAnswer, TRACE_HEADER, traceIdOf } from "./answer";
import { parseInput } from "./api-route";
import { authenticate, runWithCaller } from "./caller";
import { chooseTenant } from "./choose-tenant";
import { EVENT_STREAM_HEADERS } from "./event-stream-headers";
import { type RequestIdentity, runWithIdentity } from "./identity";
import { consumeRate, requestLimit, runLimit } from "./rate-limit";
import { readJson } from "./read-body";
import { requireScenario, SCENARIO_HEADER, withScenario } from "./scenario";

export type StreamVerb = "run" | "connect";

// A client sends the whole conversation with every run, so more than other routes take.
const BODY_BYTES_MAX = 4 * 1024 * 1024;

// What a client sends besides is history that the server knows better.
const connectSchema = z.object({ threadId: z.unknown(), runId: z.string().max(200).optional() });

export interface AgentStreamParts {
  runner: PostgresAgentRunner;
  /** The agents of one verified caller, made for each request. */
  agents(identity: RequestIdentity): Record<string, AbstractAgent>;
  /** The model that a run may use, or undefined where there is nothing to choose. Throws AppError model_not_allowed. */
  chooseModel?(identity: RequestIdentity, agentId: string, forwardedProps: unknown): Promise<string | undefined>;
  /** Whether the failures of a model can be tried out with an agent; without this with every one. */
  asksModel?(agentId: string): boolean;
  /** Lets a run be admitted, or refuses it while its tenant has as many going as it may. */
  paceRuns?(identity: RequestIdentity, permitted: Promise<void>, admit: () => Promise<Admitted>): Promise<Admitted>;
}

export type AgentStreams = (
  verb: StreamVerb,
  agentId: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => Promise<void>;

interface Asked {
  identity: RequestIdentity;
  agentId: string;
  headers: Headers;
  incoming: IncomingMessage;
  /** Rejects when the caller asks too often. It is found out while what they ask for is looked at, because the first token waits for both. */
  counted: Promise<void>;
}

/** Builds what answers `POST /agent/:agentId/run` and `/connect`, behind authentication, membership, rate limits and a body cap. */
export function createAgentStreams(parts: AgentStreamParts): AgentStreams {
  const { runner, agents, chooseModel, asksModel = () => true, paceRuns } = parts;

  async function open(verb: StreamVerb, asked: Asked): Promise<Frames> {
    const { counted } = asked;
    counted.catch(() => {});
    try {
      return await (verb === "run" ? run(asked) : connect(asked));
    } catch (error) {
      // Who asked too often is told that, whatever else is wrong.
      await counted;
      throw error;
    }
  }

  async function run({ identity, agentId, headers, incoming, counted }: Asked): Promise<Frames> {
    const agent = requireAgent(identity, agentId);
    const body = await readJson(incoming, { bytesMax: BODY_BYTES_MAX });
    const wanted = headers.get(SCENARIO_HEADER);
    const scenario = wanted === null ? undefined : requireScenario(identity, wanted, asksModel(agentId));
    const allowed = withScenario(await withModel(identity, agentId, body), scenario);
    return runner.stream(async () => {
      const admit = () => runner.admit({ agentId, body: allowed, permitted: counted });
      const { input } = await (paceRuns ? paceRuns(identity, counted, admit) : admit());
      runner.run({ threadId: input.threadId, agent, input });
    });
  }

  async function connect({ identity, agentId, incoming, counted }: Asked): Promise<Frames> {
    requireAgent(identity, agentId);
    const { threadId } = parseInput(connectSchema, await readJson(incoming, { bytesMax: BODY_BYTES_MAX }));
    return runner.stream(async () => {
      // Only the owner follows a conversation; an admin reads it through the threads API.
      const [thread] = await Promise.all([runner.openThread({ threadId }), counted]);
      runner.connect({ threadId: thread });
    });
  }

  function requireAgent(identity: RequestIdentity, agentId: string): AbstractAgent {
    const all = agents(identity);
    const agent = Object.hasOwn(all, agentId) ? all[agentId] : undefined;
    if (!agent) throw notFound();
    agent.agentId = agentId;
    return agent;
  }

  /** The body with the model that the run may use in its `forwardedProps`: what the run begins with is what was allowed. */
  async function withModel(identity: RequestIdentity, agentId: string, body: unknown): Promise<unknown> {
    if (!chooseModel || body === null || typeof body !== "object" || Array.isArray(body)) return body;
    const { forwardedProps } = body as { forwardedProps?: unknown };
    const model = await chooseModel(identity, agentId, forwardedProps);
    const given = forwardedProps !== null && typeof forwardedProps === "object" ? forwardedProps : {};
    return model === undefined ? body : { ...body, forwardedProps: { ...given, model } };
  }

  return (verb, agentId, incoming, outgoing) => {
    const headers = headersOf(incoming);
    const traceId = traceIdOf(headers);
    return runWithTrace(traceId, async () => {
      const setCookies: string[] = [];
      let frames: Frames;
      try {
        const caller = await authenticate({ method: incoming.method ?? "", headers }, setCookies);
        if (incoming.method !== "POST")
          throw new AppError("method_not_allowed", "This cannot be done here.", { status: 405 });
        const identity = await chooseTenant(headers, caller);
        const counted = consumeRate(verb === "run" ? runLimit() : requestLimit(), identity.userId);
        const asked = { identity, agentId, headers, incoming, counted };
        frames = await runWithCaller(caller, () => runWithIdentity(identity, () => open(verb, asked)));
      } catch (error) {
        await send(outgoing, finishAnswer(errorAnswer(error, traceId), traceId, setCookies));
        return;
      }
      outgoing.writeHead(200, {
        ...EVENT_STREAM_HEADERS,
        [TRACE_HEADER]: traceId,
        ...(setCookies.length > 0 ? { "set-cookie": setCookies } : {}),
      });
      await writeServerSentEvents(outgoing, frames, defaultLimits.keepAliveMs).catch((error: unknown) =>
        log.error({ event: "stream.failed", err: error }),
      );
    });
  };
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

async function send(outgoing: ServerResponse, answer: Response): Promise<void> {
  const setCookies = answer.headers.getSetCookie();
  for (const [name, value] of answer.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  if (setCookies.length > 0) outgoing.setHeader("set-cookie", setCookies);
  outgoing.writeHead(answer.status);
  outgoing.end(await answer.text());
}
