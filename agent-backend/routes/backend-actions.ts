import type { Hono } from "hono";
import type { RunTokenClaims } from "@/contract/run-token";
import { isAction, runAction } from "../actions/actions";
import type { Executor } from "../execution/executor";
import { HttpError, notFound } from "../http-error";
import { readJson } from "./read-input";

/** `POST /actions/:name`, for tools of a copilot that runs elsewhere. */
export function backendActions(app: Hono<{ Variables: { claims: RunTokenClaims } }>, executor: Executor): void {
  app.post("/actions/:name", async (context) => {
    const name = context.req.param("name");
    if (!isAction(name)) throw notFound();
    const actor = { executor, claims: context.get("claims") };
    const outcome = await runAction(actor, name, await readJson(context.req.raw));
    if (!outcome.ok) throw new HttpError(422, "invalid_request", outcome.problem);
    return context.json(outcome.result);
  });
}
