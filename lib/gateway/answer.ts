import { AppError, errorBody, errorStatus, invalidRequest, unavailable } from "@/lib/failures/app-error";
import { log, newTraceId } from "@/lib/telemetry/log";

export const TRACE_HEADER = "x-trace-id";

// W3C's "no trace". The body of a 404 must be the same for what does not exist and for what is another tenant's, byte by byte;
// its real trace id is in the header.
const NO_TRACE = "0".repeat(32);

/** The trace id that the caller brought along (https://www.w3.org/TR/trace-context/#traceparent-header), else a new one. */
export function traceIdOf(headers: Headers): string {
  return (
    /^00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(headers.get("traceparent") ?? "")?.[1] ?? newTraceId()
  );
}

/** What was thrown as an HTTP answer in the one shape, logged. */
export function errorAnswer(thrown: unknown, traceId: string): Response {
  const error = toAppError(thrown);
  const status = errorStatus(error);
  const code = error instanceof AppError ? error.code : "internal";
  if (status >= 500) log.error({ event: "request.failed", status, code, err: thrown });
  else log.info({ event: "request.refused", status, code });
  const headers = new Headers({ "cache-control": "no-store", [TRACE_HEADER]: traceId });
  if (error instanceof AppError && error.retryAfterMs !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1000)));
  }
  // The rest of a body that was too large is not read: the connection cannot be used again.
  if (status === 413 || status === 408) headers.set("connection", "close");
  return Response.json(errorBody(error, status === 404 ? NO_TRACE : traceId), { status, headers });
}

/** An answer with its trace id, cookies and what `edit` makes of its headers; private and not stored unless it says otherwise. */
export function finishAnswer(
  response: Response,
  traceId: string,
  setCookies: readonly string[],
  edit?: (headers: Headers) => void,
): Response {
  const headers = new Headers(response.headers);
  edit?.(headers);
  headers.set(TRACE_HEADER, traceId);
  if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const DATA_EXCEPTION = /^22/;
const SERVER_AWAY = /^(08|53|57P|25006)/;
const SOCKET_AWAY = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"]);

/** Gives a database that is away, and a value that it cannot hold, their names; everything else stays as it is. */
export function toAppError(thrown: unknown): unknown {
  if (thrown instanceof AppError) return thrown;
  for (let error = thrown, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth++) {
    const code = String((error as { code?: unknown }).code ?? "");
    if (DATA_EXCEPTION.test(code)) return invalidRequest("The request holds a value that cannot be stored.");
    const away =
      SERVER_AWAY.test(code) ||
      SOCKET_AWAY.has(code) ||
      /^(Connection terminated|timeout exceeded|Query read timeout)/.test(error.message);
    if (away) return unavailable(undefined, { cause: thrown });
  }
  return thrown;
}
