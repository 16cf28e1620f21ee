import { z } from "zod";

/** How the latest run of a thread ended, when that needs saying. The stock chat shows none of it. */
export type RunNotice =
  | { kind: "stopped" }
  | { kind: "interrupted" }
  | { kind: "busy" }
  | { kind: "signed_out" }
  | { kind: "gone" }
  | { kind: "deleted" }
  | { kind: "failed"; code: string; message: string; retryAt?: number; traceId?: string };

const detailsSchema = z.object({
  code: z.string(),
  message: z.string().optional(),
  retryAfterMs: z.number().optional(),
  traceId: z.string().optional(),
});
const httpSchema = z.object({ status: z.number(), payload: z.object({ error: detailsSchema }) });

/** A proxy's own answers have no body of ours. */
const httpStatusSchema = z.object({ status: z.number() });

const FALLBACK = "The answer could not be finished. Your question is kept; try again in a moment.";
const WAITS = ["rate_limited", "rate_limit"];
const RETRY_AFTER_DEFAULT_MS = 10_000;

/** True for a connection that could not be made or broke: the request may well be fine on the next try. */
export function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof TypeError || /network|failed to fetch|load failed|terminated|incomplete/i.test(error.message);
}

/** True when something in front of the app, or the app itself, answered that it cannot serve right now. */
export function isServerAway(error: unknown): boolean {
  const http = httpStatusSchema.safeParse(error);
  return http.success && [502, 503, 504].includes(http.data.status);
}

/** True when the server answered that it would not: the request was read and nothing came of it. */
export function isRefusal(error: unknown): boolean {
  const http = httpSchema.safeParse(error);
  return http.success && http.data.status < 500;
}

/** What to tell about a failed run, from the HTTP error or the RUN_ERROR event that reported it. */
export function noticeOf(failure: unknown, now: number = Date.now()): RunNotice {
  const http = httpSchema.safeParse(failure);
  const event = detailsSchema.safeParse(failure);
  const details = http.success ? http.data.payload.error : event.success ? event.data : undefined;
  if (!details) return { kind: "failed", code: "internal", message: FALLBACK };
  const { code, message = FALLBACK, retryAfterMs, traceId } = details;
  switch (code) {
    case "user_abort":
    case "stopped":
      return { kind: "stopped" };
    case "interrupted":
      return { kind: "interrupted" };
    case "thread_busy":
      return { kind: "busy" };
    case "not_found":
      return { kind: "gone" };
    case "unauthenticated":
      return { kind: "signed_out" };
    default: {
      const waitMs = retryAfterMs ?? (WAITS.includes(code) ? RETRY_AFTER_DEFAULT_MS : undefined);
      const retryAt = waitMs === undefined ? {} : { retryAt: now + waitMs };
      return { kind: "failed", code, message, ...retryAt, ...(traceId ? { traceId } : {}) };
    }
  }
}
