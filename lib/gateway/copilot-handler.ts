// CopilotKit's handler behind authentication, membership and rate limits. CopilotKit itself checks nothing: without this anybody could
// list, read, stop and clear anybody's threads. The two verbs that stream are served beside it: agent-streams.ts.
import { AsyncLocalStorage } from "node:async_hooks";
import type { AbstractAgent } from "@ag-ui/client";
import { CopilotRuntime, type CopilotRuntimeHooks, createCopilotRuntimeHandler } from "@copilotkit/runtime/v2";
import { AppError, invalidRequest, notFound } from "@/lib/failures/app-error";
import type { PostgresAgentRunner } from "@/lib/runs/runner";
import { currentTraceId, runWithTrace } from "@/lib/telemetry/log";
import { errorAnswer, finishAnswer, TRACE_HEADER, traceIdOf } from "./answer";
import { authenticate, runWithCaller } from "./caller";
import { chooseTenant } from "./choose-tenant";
import { type RequestIdentity, requireIdentity, runWithIdentity } from "./identity";
import { consumeRate, requestLimit } from "./rate-limit";
import { readJson } from "./read-body";

export const COPILOT_PATH = "/api/copilotkit";

// None of these routes needs a body; what is sent is read so that bad input is told.
const BODY_BYTES_MAX = 64 * 1024;

type Handler = (request: Request) => Promise<Response>;
type Route = Parameters<NonNullable<CopilotRuntimeHooks["onBeforeHandler"]>>[0]["route"];

export interface CopilotHandlerParts {
  runner: PostgresAgentRunner;
  /** The agents of one verified caller, made for each request. */
  agents(identity: RequestIdentity): Record<string, AbstractAgent>;
  /** What the health route answers, to anybody. */
  health(): object;
}

/** Builds the handler of everything below COPILOT_PATH that does not stream. */
export function createCopilotHandler({ runner, agents, health }: CopilotHandlerParts): Handler {
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

  /** Decides about one routed request. What is not named here is 404: a new route of CopilotKit is closed until somebody opens it. */
  async function authorize(request: Request, path: string, route: Route): Promise<Request> {
    await consumeRate(requestLimit(), requireIdentity().userId);
    if (route.method === "info") {
      requirePath(path, "/info");
      return request;
    }
    if (route.method !== "agent/stop") throw notFound();
    const { agentId, threadId } = route;
    requirePath(path, `/agent/${agentId}/stop/${threadId}`);
    if (!Object.hasOwn(requireAgents(), agentId)) throw notFound();
    const body = await readJson(request, { bytesMax: BODY_BYTES_MAX });
    await runner.authorize({ threadId, access: "write" });
    return new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: JSON.stringify(body ?? {}),
    });
  }

  return (request) => {
    const traceId = traceIdOf(request.headers);
    return runWithTrace(traceId, async () => {
      if (isHealthCheck(request)) return finishAnswer(Response.json(health()), traceId, []);
      const setCookies: string[] = [];
      try {
        const caller = await authenticate(request, setCookies);
        const identity = await chooseTenant(request.headers, caller);
        const response = await runWithCaller(caller, () =>
          runWithIdentity(identity, () => agentsAtHand.run(agents(identity), () => handler(withoutHeaders(request)))),
        );
        return finishAnswer(inOneShape(response, traceId), traceId, setCookies);
      } catch (error) {
        return finishAnswer(errorAnswer(error, traceId), traceId, setCookies);
      }
    });
  };
}

/** CopilotKit matches the end of a path; here `/anything/info` and `//info` are not `/info`. */
function requirePath(path: string, expected: string): void {
  if (path !== `${COPILOT_PATH}${expected}`) throw notFound();
}

/** CopilotKit copies `authorization` and every `x-*` header to the agents; a caller's bearer is not theirs to see. */
function withoutHeaders({ url, method, body }: Request): Request {
  const init = { method, headers: { "content-type": "application/json" }, ...(body ? { body, duplex: "half" } : {}) };
  return new Request(url, init as RequestInit);
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

function isHealthCheck(request: Request): boolean {
  return request.method === "GET" && new URL(request.url).pathname === `${COPILOT_PATH}/health`;
}
