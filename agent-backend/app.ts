import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { RunTokenClaims } from "@/contract/run-token";
import { verifyRunToken } from "./auth/run-token";
import type { Executor } from "./execution/executor";
import { followThread } from "./execution/follow-thread";
import type { GraphThread } from "./execution/graph-threads";
import { HttpError, notFound } from "./http-error";
import type { Log } from "./log";
import type { AgentRegistry } from "./registry";
import { backendActions } from "./routes/backend-actions";
import { shownApproval, takeAnswer } from "./routes/decide";
import { eventStream } from "./routes/event-stream";
import { invoiceRoutes } from "./routes/invoices";
import { readJson, readRunInput } from "./routes/read-input";
import { runAgent } from "./routes/run-agent";

export interface AppParts {
  agents: AgentRegistry;
  executor: Executor;
  runTokenSecret: string;
  log: Log;
}

type Variables = { claims: RunTokenClaims };

const startSchema = z.object({ subject: z.string().min(1).max(64) });
const batchSchema = z.object({ subjects: z.array(z.string().min(1).max(64)).min(1).max(10_000).nullable() });
const answerSchema = z.object({ answer: z.unknown() });

/** The service as a plain request handler. Errors have the one shape `{error: {code, message, traceId}}`. */
export function createApp({ agents, executor, runTokenSecret, log }: AppParts): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>();
  const secret = new TextEncoder().encode(runTokenSecret);

  app.get("/health", (context) =>
    context.json({
      status: "ok",
      service: "agent-backend",
      agents: [...agents.values()].map(({ id, description }) => ({ id, description })),
    }),
  );

  // Everything below is for somebody: the token says who, in which tenant, and for which thread.
  app.use(async (context, next) => {
    const claims = await verifyRunToken(context.req.header("authorization"), secret);
    if (!claims) throw new HttpError(401, "unauthenticated", "A valid run token is needed.");
    context.set("claims", claims);
    await next();
  });

  app.post("/agents/:name", async (context) => {
    const definition = agents.get(context.req.param("name"));
    if (!definition) throw notFound();
    const input = await readRunInput(context.req.raw);
    const claims = context.get("claims");
    if (claims.thread !== input.threadId) throw notFound();
    const gone = new AbortController();
    return eventStream(runAgent(executor, definition, claims, input, gone.signal), () => gone.abort());
  });

  app.post("/agents/:name/threads/:thread", async (context) => {
    const definition = agents.get(context.req.param("name"));
    const id = requireOwn(context);
    if (!definition) throw notFound();
    const { subject } = await parsed(context, startSchema);
    const { tenant: tenantId, sub: startedBy } = context.get("claims");
    const start = { id, tenantId, agent: definition.id, subject, conversationId: null, startedBy };
    const threadId = await executor.threads.start(definition, start);
    if (threadId === null) throw notFound();
    void executor.run(tenantId, threadId);
    return context.json({ threadId }, threadId === id ? 201 : 200);
  });

  app.post("/agents/:name/batches", async (context) => {
    const definition = agents.get(context.req.param("name"));
    if (!definition?.claimBatch) throw notFound();
    const { subjects } = await parsed(context, batchSchema);
    const { tenant: tenantId, sub: startedBy, email } = context.get("claims");
    const batch = { tenantId, agent: definition.id, startedBy, startedByName: email || startedBy, subjects };
    const started = await executor.threads.startBatch(definition, batch);
    if (!started) throw new HttpError(409, "nothing_to_start", "Nothing of this is new.");
    executor.sweepNow();
    return context.json(started, 201);
  });

  app.get("/threads/:thread/events", async (context) => {
    const thread = await requireThread(executor, context);
    if (thread.wake) void executor.run(thread.tenantId, thread.id);
    const gone = new AbortController();
    const ids = { threadId: thread.id, runId: randomUUID() };
    return eventStream(followThread(executor, thread, ids, gone.signal), () => gone.abort());
  });

  app.post("/threads/:thread/cancel", async (context) => {
    const { tenantId, id } = await requireThread(executor, context);
    const { sub, email } = context.get("claims");
    if (!(await executor.threads.requestCancel(tenantId, id, email || sub)))
      throw new HttpError(409, "finished", "This is finished and cannot be cancelled any more.");
    void executor.run(tenantId, id);
    return context.json({ threadId: id }, 202);
  });

  app.post("/threads/:thread/retry", async (context) => {
    const { tenantId, id, status } = await requireThread(executor, context);
    if (status !== "failed") throw new HttpError(409, "not_failed", "Only what has failed can be tried again.");
    await executor.threads.wake(tenantId, id);
    void executor.run(tenantId, id);
    return context.json({ threadId: id }, 202);
  });

  app.post("/threads/:thread/approvals/:approval", async (context) => {
    const { id } = await requireThread(executor, context);
    const { answer } = await parsed(context, answerSchema);
    const approval = await takeAnswer(executor, context.get("claims"), id, context.req.param("approval"), answer);
    return context.json({ approval: shownApproval(approval) });
  });

  invoiceRoutes(app, executor);
  backendActions(app, executor);

  app.notFound((context) =>
    context.json(errorBody("not_found", "There is no such agent or route.", randomUUID()), 404),
  );
  app.onError((error, context) => {
    const traceId = randomUUID();
    if (error instanceof HttpError)
      return context.json({ ...errorBody(error.code, error.message, traceId), ...error.detail }, error.status);
    log("request.failed", { path: context.req.path, traceId, error: error.stack });
    const message = "Something went wrong on our side. Quote the trace id if it happens again.";
    return context.json(errorBody("internal", message, traceId), 500);
  });
  return app;
}

function requireOwn(context: Context<{ Variables: Variables }>): string {
  const id = context.req.param("thread");
  if (!id || context.get("claims").thread !== id) throw notFound();
  return id;
}

async function requireThread(executor: Executor, context: Context<{ Variables: Variables }>): Promise<GraphThread> {
  const thread = await executor.threads.get(context.get("claims").tenant, requireOwn(context));
  if (!thread) throw notFound();
  return thread;
}

async function parsed<T>(context: Context, schema: z.ZodType<T, z.ZodTypeDef, unknown>): Promise<T> {
  const result = schema.safeParse(await readJson(context.req.raw));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new HttpError(400, "invalid_request", `${issue?.path.join(".")}: ${issue?.message}`);
}

function errorBody(code: string, message: string, traceId: string) {
  return { error: { code, message, traceId } };
}
