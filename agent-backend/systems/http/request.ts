import { OutsideFailure } from "../outside-failure";

const TIMEOUT_MS = 10_000;

export interface OutsideRequest {
  system: string;
  baseUrl: string;
  path: string;
  method: "GET" | "POST";
  /** Sent as `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). */
  key?: string;
  body?: unknown;
  bearer?: string;
}

/**
 * One JSON request to a system outside. Null for 404. Throws OutsideFailure: `timeout` when nobody can know whether it was done,
 * `outage` for 5xx, 429 and a connection that was never made, `refused` for any other 4xx.
 */
export async function askOutside(request: OutsideRequest): Promise<unknown> {
  const { system } = request;
  const response = await send(request);
  if (response.status === 404 && request.method === "GET") return null;
  if (response.ok) {
    return response.json().catch(() => {
      throw new OutsideFailure(system, "timeout", `The ${system} system's answer broke off.`);
    });
  }
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 429)
    throw new OutsideFailure(system, "outage", `The ${system} system does not work right now (${response.status}).`);
  throw new OutsideFailure(system, "refused", `The ${system} system refused the request (${response.status}).`);
}

async function send({ system, baseUrl, path, method, key, body, bearer }: OutsideRequest): Promise<Response> {
  try {
    return await fetch(`${baseUrl.replace(/\/+$/, "")}${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "error",
    });
  } catch (error) {
    const code = ((error as Error).cause as { code?: string } | undefined)?.code;
    const never = code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
    throw new OutsideFailure(system, never ? "outage" : "timeout", `The ${system} system does not answer.`);
  }
}
