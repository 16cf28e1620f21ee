import type { NextApiRequest, NextApiResponse } from "next";
import { serveAgentStream } from "@/lib/gateway/copilot-route";

export const config = { api: { bodyParser: false, responseLimit: false, externalResolver: true } };

export default function handler(request: NextApiRequest, response: NextApiResponse): Promise<void> {
  return serveAgentStream("connect", String(request.query.agentId), request, response);
}
