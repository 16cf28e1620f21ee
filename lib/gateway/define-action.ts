import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, errorBody, type FieldErrors, forbidden, notFound, unauthenticated } from "@/lib/failures/app-error";
import { log, newTraceId, runWithTrace } from "@/lib/telemetry/log";
import { toAppError } from "./answer";
import { parseInput } from "./api-route";
import { type RequestIdentity, runWithIdentity } from "./identity";
import { findMembership } from "./membership";
import { consumeRate, requestLimit } from "./rate-limit";
import { requireSameOrigin } from "./same-origin";
import { getSessionUser } from "./session";

/** What an action answers. A failure carries words for the person, never the cause. */
export type ActionResult<T> = { ok: true; data: T } | ActionFailure;

export interface ActionFailure {
  ok: false;
  code: string;
  message: string;
  fields?: FieldErrors;
  retryAfterMs?: number;
  traceId: string;
}

export interface ActionDefinition<Schema extends z.ZodTypeAny, T> {
  input: Schema;
  /** Who of the tenant may do this; every member when it is left out. */
  permission?: "admin";
  run(input: z.output<Schema>, identity: RequestIdentity): Promise<T>;
}

/**
 * A server action inside a tenant. The browser says which tenant it means, the caller's memberships decide whether that is theirs.
 * `run` is called with parsed input and the identity bound; an AppError it throws becomes a typed failure, anything else "internal".
 */
export function defineAction<Schema extends z.ZodTypeAny, T>({ input, permission, run }: ActionDefinition<Schema, T>) {
  return (tenant: string, given: z.input<Schema>): Promise<ActionResult<T>> =>
    actionResult(async () => {
      const user = await getSessionUser();
      if (!user) throw unauthenticated();
      await consumeRate(requestLimit(), user.userId);
      const identity = typeof tenant === "string" ? await findMembership(user, tenant) : null;
      if (!identity) throw notFound();
      if (permission === "admin" && identity.role !== "admin") throw forbidden();
      const parsed = parseInput<z.output<Schema>>(input, given);
      return runWithIdentity(identity, () => run(parsed, identity));
    });
}

/** Runs the body of any server action: only from our own pages, traced, and with every failure as a value. */
export function actionResult<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  const traceId = newTraceId();
  return runWithTrace(traceId, async (): Promise<ActionResult<T>> => {
    try {
      requireSameOrigin(await headers());
      return { ok: true, data: await work() };
    } catch (thrown) {
      // redirect() and notFound() are thrown too; they are Next's.
      unstable_rethrow(thrown);
      const error = toAppError(thrown);
      if (!(error instanceof AppError) || error.status >= 500) log.error({ event: "action.failed", err: thrown });
      return { ok: false, ...errorBody(error, traceId).error };
    }
  });
}
