// What the files below app/api/copilotkit and pages/api/copilotkit are to Next: which of our handlers a path belongs to.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AgentStreamParts, createAgentStreams, type StreamVerb } from "@/lib/gateway/agent-streams";
import { COPILOT_PATH, type CopilotHandlerParts, createCopilotHandler } from "@/lib/gateway/copilot-handler";
import { startWebNode, type WebNode } from "./web-node";

const STREAM = new RegExp(`^${COPILOT_PATH}/agent/([^/]+)/(run|connect)$`);

/** A web node that serves CopilotKit's routes, once `serveWith` has said with what. */
export async function startCopilotRoutes(
  port: number,
): Promise<{ node: WebNode; serveWith(parts: AgentStreamParts & CopilotHandlerParts): void }> {
  let handle = (_request: Request) => Promise.resolve(new Response(null, { status: 503 }));
  let stream: ReturnType<typeof createAgentStreams> | undefined;
  const raw = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const [, agentId = "", verb] = STREAM.exec(incoming.url?.split("?")[0] ?? "") ?? [];
    return verb ? stream?.(verb as StreamVerb, decodeURIComponent(agentId), incoming, outgoing) : undefined;
  };
  const node = await startWebNode(port, (request) => handle(request), raw);
  return {
    node,
    serveWith: (parts) => {
      handle = createCopilotHandler(parts);
      stream = createAgentStreams(parts);
    },
  };
}
