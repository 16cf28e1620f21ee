// The way to the agent backend: over HTTP, with a run token in the caller's name.
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError, unavailable } from "@/lib/failures/app-error";
import { mintRunToken, type RunCaller } from "./run-token";

export interface AgentBackendRequest {
  method: "GET" | "POST";
  path: string;
  /** The thread that is touched; "" for none. */
  thread: string;
  body?: unknown;
  signal?: AbortSignal;
}

const refusalSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), fields: z.record(z.string()).optional() }).passthrough(),
  fields: z.record(z.string()).optional(),
});

/** Where the agent backend is. Throws `unavailable` when none is set. */
export function agentBackendUrl(path: string): string {
  const { AGENT_BACKEND_URL } = env();
  if (!AGENT_BACKEND_URL) throw unavailable("No agent backend is connected.");
  return new URL(path, AGENT_BACKEND_URL).href;
}

/** The agent backend's answer. Its refusals become AppErrors of the same code and words; when it is away, `unavailable`. */
export async function askAgentBackend(caller: RunCaller, request: AgentBackendRequest): Promise<Response> {
  const { method, path, thread, body, signal } = request;
  const url = agentBackendUrl(path);
  const headers = { authorization: `Bearer ${await mintRunToken(caller, thread)}`, "content-type": "application/json" };
  const response = await fetch(url, {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw unavailable("The agents cannot be reached right now. Please try again in a moment.", { cause });
  });
  if (response.ok) return response;
  const refusal = refusalSchema.safeParse(await response.json().catch(() => null));
  if (!refusal.success || response.status >= 500 || response.status === 401)
    throw unavailable("The agents do not work right now. Please try again in a moment.", { cause: refusal.error });
  const { code, message } = refusal.data.error;
  throw new AppError(code, message, { status: response.status, fields: refusal.data.fields });
}
