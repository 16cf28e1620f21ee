// The log: one JSON line an event, each with the trace id of the request it belongs to, none with a secret.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import pino from "pino";
import { env } from "@/lib/env";

const SECRET_KEYS = [
  "authorization",
  "cookie",
  "set-cookie",
  "apikey",
  "password",
  "token",
  "accessToken",
  "access_token",
  "refreshToken",
  "refresh_token",
  "secret",
];

const KEY = Symbol.for("flightdeck.trace");
type Holder = { [KEY]?: AsyncLocalStorage<string> };

// On globalThis for the same reason as the identity: every copy of this module in the process must see the one trace.
const holder = globalThis as Holder;
holder[KEY] ??= new AsyncLocalStorage<string>();
const trace = holder[KEY];

/** A trace id in the W3C form: 32 hex digits (https://www.w3.org/TR/trace-context/#trace-id). */
export function newTraceId(): string {
  return randomBytes(16).toString("hex");
}

/** Runs `work` so that everything it logs carries this trace id. */
export function runWithTrace<T>(traceId: string, work: () => T): T {
  return trace.run(traceId, work);
}

/** The current request's trace id, or a new one outside a request. */
export function currentTraceId(): string {
  return trace.getStore() ?? newTraceId();
}

/** The log over a given destination; the app's own is `log`. */
export function createLog(destination?: pino.DestinationStream, level: pino.LevelWithSilent = env().LOG_LEVEL) {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const traceId = trace.getStore();
        return traceId ? { traceId } : {};
      },
      redact: { paths: SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`]), censor: "[redacted]" },
      serializers: { err: describeError },
      // pino would otherwise write the error's own message, untouched by the serializer.
      hooks: {
        logMethod([first, ...rest], method) {
          const event = typeof first === "object" ? (first as { event?: unknown }).event : undefined;
          method.apply(
            this,
            rest.length === 0 && typeof first === "object" ? [first, String(event ?? "")] : [first, ...rest],
          );
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

interface LoggedError {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: LoggedError;
}

/** An error without the values of the query that failed: they are users' content. */
function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  // drizzle puts the statement and its parameters into the message, and the stack repeats the message.
  const clean = (text: string) => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    message: clean(error.message),
    ...(code === undefined ? {} : { code }),
    ...(error.stack ? { stack: clean(error.stack) } : {}),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

export const log = createLog();
