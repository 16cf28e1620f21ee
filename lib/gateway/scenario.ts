import { scenariosEnabled } from "@/lib/env";
import { forbidden, invalidRequest } from "@/lib/failures/app-error";
import { findScenario } from "@/lib/failures/scenarios/scenario";
import type { RequestIdentity } from "./identity";

/** Names a failure that shall happen to this run; see lib/failures/scenarios. */
export const SCENARIO_HEADER = "x-scenario";

/** Whether the caller may make failures happen to their own runs. */
export function canBreakRuns({ role }: Pick<RequestIdentity, "role">): boolean {
  return scenariosEnabled() && role === "admin";
}

/**
 * The name of the scenario that a run asks for. Throws `forbidden` to whoever may not, and `invalid_request` for an unknown name, or of
 * an agent that asks no model: it would answer as if nothing had been asked for.
 */
export function requireScenario(identity: RequestIdentity, name: string, asksModel: boolean): string {
  if (!canBreakRuns(identity)) throw forbidden();
  if (!asksModel)
    throw invalidRequest("This assistant asks no model that could fail.", {
      [SCENARIO_HEADER]: "is for assistants with a model",
    });
  if (!findScenario(name)) throw invalidRequest("There is no such scenario.", { [SCENARIO_HEADER]: "is unknown" });
  return name;
}

/**
 * A run's body with the scenario that was allowed, and with none otherwise: what a client writes into `forwardedProps` itself never
 * counts.
 */
export function withScenario(body: unknown, scenario: string | undefined): unknown {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return body;
  const { forwardedProps } = body as { forwardedProps?: unknown };
  const given = forwardedProps !== null && typeof forwardedProps === "object" ? forwardedProps : {};
  const { scenario: _unchecked, ...rest } = given as { scenario?: unknown };
  if (scenario === undefined && !("scenario" in given)) return body;
  return { ...body, forwardedProps: { ...rest, ...(scenario !== undefined && { scenario }) } };
}
