/**
 * The one error type that may tell its reader something: everything else that is thrown becomes "internal" with general
 * words at the edge, so that no cause, query or provider message reaches a browser.
 */

export type FieldErrors = Record<string, string>;

export interface AppErrorOptions {
  /** HTTP status at the edge. Default 500. */
  status?: number;
  retryAfterMs?: number;
  /** What is wrong with each field, keyed by its path in the input. */
  fields?: FieldErrors;
  /** For the log only; `errorBody` never shows it. */
  cause?: unknown;
}

const BRAND: unique symbol = Symbol.for("flightdeck.AppError");

/** An expected failure with a stable `code` and a `message` written for the person who sees it. */
export class AppError extends Error {
  // Bundlers load this module several times in one process: what one copy throws is an AppError to all of them.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && BRAND in value;
  }

  override readonly name = "AppError";
  readonly [BRAND] = true;
  readonly code: string;
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly fields: FieldErrors | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 500;
    this.retryAfterMs = options.retryAfterMs;
    this.fields = options.fields;
  }
}

export function unauthenticated(message = "Sign in to continue."): AppError {
  return new AppError("unauthenticated", message, { status: 401 });
}

export function forbidden(message = "You are not allowed to do this."): AppError {
  return new AppError("forbidden", message, { status: 403 });
}

/** Also for what exists but belongs to another tenant: the two must not be distinguishable. */
export function notFound(message = "This does not exist, or you cannot see it."): AppError {
  return new AppError("not_found", message, { status: 404 });
}

/** 422 when fields are named (well-formed but not acceptable), 400 otherwise. */
export function invalidRequest(message = "This request is not valid.", fields?: FieldErrors): AppError {
  return new AppError("invalid_request", message, { status: fields ? 422 : 400, fields });
}

/** Another run holds the thread; the caller may wait or join it. */
export function threadBusy(message = "This conversation is still answering. Wait for it, or stop it first."): AppError {
  return new AppError("thread_busy", message, { status: 409 });
}

export function payloadTooLarge(message = "This is larger than what can be accepted."): AppError {
  return new AppError("payload_too_large", message, { status: 413 });
}

export function rateLimited(retryAfterMs: number, message = "Too many requests. Please wait a moment."): AppError {
  return new AppError("rate_limited", message, { status: 429, retryAfterMs });
}

export function unavailable(
  message = "This is not available right now. Please try again in a moment.",
  options: Pick<AppErrorOptions, "retryAfterMs" | "cause"> = {},
): AppError {
  return new AppError("unavailable", message, { ...options, status: 503 });
}

export interface ErrorBody {
  error: { code: string; message: string; retryAfterMs?: number; fields?: FieldErrors; traceId: string };
}

/** The HTTP body of any thrown value. Only an `AppError` speaks for itself; the rest is "internal". */
export function errorBody(error: unknown, traceId: string): ErrorBody {
  if (!(error instanceof AppError)) {
    return {
      error: {
        code: "internal",
        message: "Something went wrong on our side. Quote the trace id if it happens again.",
        traceId,
      },
    };
  }
  const { code, message, retryAfterMs, fields } = error;
  return {
    error: {
      code,
      message,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(fields === undefined ? {} : { fields }),
      traceId,
    },
  };
}

/** The HTTP status of any thrown value. */
export function errorStatus(error: unknown): number {
  return error instanceof AppError ? error.status : 500;
}
