// The one door to the agents: CopilotKit's handler, behind authentication, membership, rate limits and a body cap. CopilotKit itself
// checks nothing: without this anybody could list, read, stop and clear anybody's threads.
import { AsyncLocalStorage } from "node:async_hooks";
import type { AbstractAgent } from "@ag-ui/client";
import { CopilotRuntime, type CopilotRuntimeHooks, createCopilotRuntimeHandler } from "@copilotkit/runtime/v2";
import { z } from "zod";
import { AppError, invalidRequest, notFound } from "@/lib/failures/app-error";
import type { Admitted, PostgresAgentRunner } from "@/lib/runs/runner";
import { currentTraceId, runWithTrace } from "@/lib/telemetry/log";
import { errorAnswer, finishAnswer, TRACE_HEADER, traceIdOf } from "./answer";
import { parseInput } from "./api-route";
import { authenticate, type Caller, runWithCaller } from "./caller";
import { EVENT_STREAM_HEADERS } from "./event-stream-headers";
import { type RequestIdentity, requireIdentity, runWithIdentity } from "./identity";
import { findMembership, membershipsOf } from "./membership";
import { consumeRate, requestLimit, runLimit } from "./rate-limit";
import { readJson } from "./read-body";
import { requireScenario, SCENARIO_HEADER, withScenario } from "./scenario";

export const COPILOT_PATH = "/api/copilotkit";
/** Selects among the caller's memberships; it never grants one. */
export const TENANT_HEADER = "x-tenant";

// A client sends the whole conversation with every run, so more than other routes take.
const BODY_BYTES_MAX = 4 * 1024 * 1024;

// What a client sends besides is history that the server knows better.
const connectSchema = z.object({ threadId: z.unknown(), runId: z.string().max(200).default("connect") });
const NOTHING_TO_SAY = { state: {}, messages: [], tools: [], context: [], forwardedProps: {} };

type Handler = (request: Request) => Promise<Response>;
type Route = Parameters<NonNullable<CopilotRuntimeHooks["onBeforeHandler"]>>[0]["route"];

export interface CopilotHandlerParts {
  runner: PostgresAgentRunner;
  /** The agents of one verified caller, made for each request. */
  agents(identity: RequestIdentity): Record<string, AbstractAgent>;
  /** The model that a run may use, or undefined where there is nothing to choose. Throws AppError model_not_allowed. */
  chooseModel?(identity: RequestIdentity, agentId: string, forwardedProps: unknown): Promise<string | undefined>;
  /** Whether the failures of a model can be tried out with an agent; without this with every one. */
  asksModel?(agentId: string): boolean;
  /** Lets a run be admitted, or refuses it while its tenant has as many going as it may. */
  paceRuns?(identity: RequestIdentity, permitted: Promise<void>, admit: () => Promise<Admitted>): Promise<Admitted>;
  /** What the health route answers, to anybody. */
  health(): object;
}

/** Builds the handler of everything below COPILOT_PATH. */
export function createCopilotHandler(parts: CopilotHandlerParts): Handler {
  const { runner, agents, chooseModel, asksModel = () => true, paceRuns, health } = parts;
  // Made once a request: what is looked for is looked for among those that CopilotKit is given.
  const agentsAtHand = new AsyncLocalStorage<Record<string, AbstractAgent>>();
  const requireAgents = () => {
    const found = agentsAtHand.getStore();
    if (!found) throw new Error("no agents are bound here");
    return found;
  };
  const handler = createCopilotRuntimeHandler({
    // A2UI would be switched on by a flag in the body.
    runtime: new CopilotRuntime({ agents: requireAgents, runner, a2ui: { enabled: false } }),
    basePath: COPILOT_PATH,
    hooks: {
      onBeforeHandler: ({ request, path, route }) => authorize(request, path, route),
      onError: ({ error }) => errorAnswer(error, currentTraceId()),
    },
  });

  /** Decides about one routed request. It is counted while what it asks for is looked at, because the first token waits for both. */
  async function authorize(request: Request, path: string, route: Route): Promise<Request> {
    const counted = countRequest(route);
    counted.catch(() => {});
    try {
      return await allow(request, path, route, counted);
    } catch (error) {
      // Who asked too often is told that, whatever else is wrong.
      await counted;
      throw error;
    }
  }

  /** What is not named here is 404: a new route of CopilotKit is closed until somebody opens it. Nothing is done before `counted`. */
  async function allow(request: Request, path: string, route: Route, counted: Promise<void>): Promise<Request> {
    if (route.method === "info") {
      requirePath(path, "/info");
      await counted;
      return request;
    }
    if (route.method !== "agent/run" && route.method !== "agent/connect" && route.method !== "agent/stop")
      throw notFound();
    const { agentId } = route;
    const verb = route.method.slice("agent/".length);
    requirePath(
      path,
      route.method === "agent/stop" ? `/agent/${agentId}/stop/${route.threadId}` : `/agent/${agentId}/${verb}`,
    );
    if (!Object.hasOwn(requireAgents(), agentId)) throw notFound();
    const body = await readJson(request, { bytesMax: BODY_BYTES_MAX });
    if (route.method === "agent/stop") {
      await Promise.all([counted, runner.authorize({ threadId: route.threadId, access: "write" })]);
      return withBody(request, body ?? {});
    }
    if (route.method === "agent/connect") {
      const { threadId, runId } = parseInput(connectSchema, body);
      // Only the owner follows a conversation; an admin reads it through the threads API.
      await Promise.all([counted, runner.openThread({ threadId })]);
      return withBody(request, { ...NOTHING_TO_SAY, threadId, runId });
    }
    const wanted = request.headers.get(SCENARIO_HEADER);
    const scenario = wanted === null ? undefined : requireScenario(requireIdentity(), wanted, asksModel(agentId));
    const allowed = withScenario(await withModel(agentId, body), scenario);
    const admit = () => runner.admit({ agentId, body: allowed, permitted: counted });
    const { input } = await (paceRuns ? paceRuns(requireIdentity(), counted, admit) : admit());
    return withBody(request, input);
  }

  /** The body with the model that the run may use in its `forwardedProps`: what the run begins with is what was allowed. */
  async function withModel(agentId: string, body: unknown): Promise<unknown> {
    if (!chooseModel || body === null || typeof body !== "object" || Array.isArray(body)) return body;
    const { forwardedProps } = body as { forwardedProps?: unknown };
    const model = await chooseModel(requireIdentity(), agentId, forwardedProps);
    const given = forwardedProps !== null && typeof forwardedProps === "object" ? forwardedProps : {};
    return model === undefined ? body : { ...body, forwardedProps: { ...given, model } };
  }

  return (request) => {
    const traceId = traceIdOf(request.headers);
    return runWithTrace(traceId, async () => {
      if (isHealthCheck(request)) return finishAnswer(Response.json(health()), traceId, []);
      const setCookies: string[] = [];
      try {
        const caller = await authenticate(request, setCookies);
        const identity = await identityOf(request, caller);
        const serve = () => runner.serve(() => handler(withoutHeaders(request)));
        const response = await runWithCaller(caller, () =>
          runWithIdentity(identity, () => agentsAtHand.run(agents(identity), serve)),
        );
        return finishAnswer(inOneShape(response, traceId), traceId, setCookies, keepFlowing);
      } catch (error) {
        return finishAnswer(errorAnswer(error, traceId), traceId, setCookies);
      }
    });
  };
}

async function identityOf(request: Request, caller: Caller): Promise<RequestIdentity> {
  const slug = request.headers.get(TENANT_HEADER);
  const identity = slug === null ? (await membershipsOf(caller.user))[0] : await findMembership(caller.user, slug);
  if (!identity) throw notFound();
  return identity;
}

/**
 * A run counts as a run, whether it is admitted or not, and everything else as a request. What leads to no tenant or no route is not
 * counted: it is refused from memory.
 */
function countRequest(route: Route): Promise<void> {
  return consumeRate(route.method === "agent/run" ? runLimit() : requestLimit(), requireIdentity().userId);
}

/** CopilotKit matches the end of a path; here `/anything/info` and `//info` are not `/info`. */
function requirePath(path: string, expected: string): void {
  if (path !== `${COPILOT_PATH}${expected}`) throw notFound();
}

/** CopilotKit copies `authorization` and every `x-*` header to the agents; a caller's bearer is not theirs to see. */
function withoutHeaders(request: Request): Request {
  const { url, method, body } = request;
  const headers = new Headers({ "content-type": "application/json" });
  for (const name of ["content-length", SCENARIO_HEADER]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // Without the signal of who asks, which nothing behind here listens to and which is half the price of a Request: a run goes on
  // without them, and their leaving cancels the body of the answer.
  const init = { method, headers, ...(body ? { body, duplex: "half" } : {}) };
  return new Request(url, init as RequestInit);
}

function withBody({ url, method, headers }: Request, body: unknown): Request {
  return new Request(url, { method, headers, body: JSON.stringify(body) });
}

/** CopilotKit's own refusals carry raw messages in shapes of their own; ours carry a trace id already. */
function inOneShape(response: Response, traceId: string): Response {
  if (response.ok || response.headers.has(TRACE_HEADER)) return response;
  const { status } = response;
  if (status === 404) return errorAnswer(notFound(), traceId);
  if (status === 405)
    return errorAnswer(new AppError("method_not_allowed", "This cannot be done here.", { status }), traceId);
  if (status < 500) return errorAnswer(invalidRequest(), traceId);
  return errorAnswer(new Error(`CopilotKit answered ${status}`), traceId);
}

/** Keeps proxies between here and the browser from collecting the events of a stream. */
function keepFlowing(headers: Headers): void {
  if (!headers.get("content-type")?.startsWith("text/event-stream")) return;
  // Belongs to one hop, which the server manages itself.
  headers.delete("connection");
  for (const [name, value] of Object.entries(EVENT_STREAM_HEADERS)) headers.set(name, value);
}

function isHealthCheck(request: Request): boolean {
  return request.method === "GET" && new URL(request.url).pathname === `${COPILOT_PATH}/health`;
}
