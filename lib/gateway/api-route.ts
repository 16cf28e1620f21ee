import type { z } from "zod";
import { AppError, type FieldErrors, forbidden, invalidRequest, notFound } from "@/lib/failures/app-error";
import { runWithTrace } from "@/lib/telemetry/log";
import { errorAnswer, finishAnswer, traceIdOf } from "./answer";
import { authenticate, type Caller, runWithCaller } from "./caller";
import { type RequestIdentity, runWithIdentity } from "./identity";
import { findMembership } from "./membership";
import { consumeRate, requestLimit } from "./rate-limit";
import { readJson, requireStorable } from "./read-body";

const JSON_BYTES_MAX = 1024 * 1024;

interface Schemas<Params, Query, Body> {
  /** Path parameters other than `tenant`. Those that do not fit are answered as an unknown id: 404. */
  params?: z.ZodType<Params, z.ZodTypeDef, unknown>;
  query?: z.ZodType<Query, z.ZodTypeDef, unknown>;
  /** A JSON body. Leave it out to read another kind from `request`, with the functions of read-body.ts. */
  body?: z.ZodType<Body, z.ZodTypeDef, unknown>;
}

export interface ApiRouteOptions<Params, Query, Body> extends Schemas<Params, Query, Body> {
  bodyBytesMax?: number;
  /** Who of the tenant may do this; every member when it is left out. */
  permission?: "admin";
}

export interface ApiCall<Params, Query, Body> {
  identity: RequestIdentity;
  params: Params;
  query: Query;
  body: Body;
  request: Request;
}

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * A route handler below `/api/t/[tenant]/`. It authenticates a bearer or a cookie session, resolves the tenant among the caller's
 * memberships, limits the rate, parses, and answers every failure in the one shape. `handle` runs with the identity bound and
 * returns a Response, or a value that is sent as JSON.
 */
export function apiRoute<Params = unknown, Query = unknown, Body = unknown>(
  options: ApiRouteOptions<Params, Query, Body>,
  handle: (call: ApiCall<Params, Query, Body>) => Promise<Response | object>,
): (request: Request, context: RouteContext) => Promise<Response> {
  return (request, context) => {
    const traceId = traceIdOf(request.headers);
    return runWithTrace(traceId, async () => {
      const setCookies: string[] = [];
      try {
        const caller = await authenticate(request, setCookies);
        const answer = await serve(request, context, options, handle, caller);
        return finishAnswer(answer instanceof Response ? answer : Response.json(answer), traceId, setCookies);
      } catch (error) {
        return finishAnswer(errorAnswer(error, traceId), traceId, setCookies);
      }
    });
  };
}

async function serve<Params, Query, Body>(
  request: Request,
  context: RouteContext,
  options: ApiRouteOptions<Params, Query, Body>,
  handle: (call: ApiCall<Params, Query, Body>) => Promise<Response | object>,
  caller: Caller,
): Promise<Response | object> {
  await consumeRate(requestLimit(), caller.user.userId);
  const { tenant, ...rest } = await context.params;
  const identity = typeof tenant === "string" ? await findMembership(caller.user, tenant) : null;
  if (!identity) throw notFound();
  if (options.permission === "admin" && identity.role !== "admin") throw forbidden();
  const params = parseParams(options.params, rest);
  const query = parseInput(options.query, Object.fromEntries(new URL(request.url).searchParams));
  const bytesMax = options.bodyBytesMax ?? JSON_BYTES_MAX;
  const body = options.body ? parseInput(options.body, await readJson(request, { bytesMax })) : (undefined as Body);
  return runWithCaller(caller, () =>
    runWithIdentity(identity, () => handle({ identity, params, query, body, request })),
  );
}

function parseParams<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown> | undefined, value: unknown): T {
  try {
    return parseInput(schema, value);
  } catch (error) {
    if (error instanceof AppError) throw notFound();
    throw error;
  }
}

/** The parsed value. Throws `invalid_request` naming the fields, 422. Without a schema nothing is taken. */
export function parseInput<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown> | undefined, value: unknown): T {
  requireStorable(value);
  if (!schema) return undefined as T;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest("Some of this is missing or not valid.", fieldErrors(result.error));
}

const FIELDS_MAX = 20;

function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues.slice(0, FIELDS_MAX)) fields[issue.path.join(".") || "(all)"] ??= issue.message;
  return fields;
}
