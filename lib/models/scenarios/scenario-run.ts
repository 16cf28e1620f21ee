import { faultOf, rateLimitFault } from "@/lib/failures/scenarios/faults";
import type { Scenario } from "@/lib/failures/scenarios/scenario";
import { CircuitBreakers, defaultBreakerSettings } from "../circuit-breaker";
import { createModelHealth, type ModelHealth } from "../model-health";
import { defaultRecoverySettings, type RecoverySettings } from "../recovery-policy";
import type { ChatModel } from "../registry";
import { createFaultyFetch } from "./faulty-fetch";

/** What one run is made of that shows a failure: the same models with a fault at the edge of the first. */
export interface ScenarioRun {
  models: readonly [ChatModel, ...ChatModel[]];
  health: ModelHealth;
  settings: RecoverySettings;
}

/** A wait that can be watched to its end, and one that nobody waits for. */
const SHORT_WAIT_MS = 3_000;
const LONG_WAIT_MS = 120_000;
const PATIENCE_MS = 2_000;
const LEFT_ALONE_MS = 20_000;

/**
 * A run of its own: its queue and its circuit breakers end with it, so that no other run waits, or turns to another model, because
 * somebody tried what happens. Nothing but the fault, and times that are short enough to watch, differs from any other run.
 */
export function scenarioRun(scenario: Scenario, models: readonly [ChatModel, ...ChatModel[]]): ScenarioRun {
  const { at, course } = scenario;
  const waitMs = course === "once" ? SHORT_WAIT_MS : LONG_WAIT_MS;
  const fault = scenario.class === "rate_limit" ? rateLimitFault(at, waitMs) : faultOf[scenario.class](at);
  const broken = models[0].withFetch((inner) => createFaultyFetch(inner, { at, fault, always: course !== "once" }));
  const patience = { firstPartMs: PATIENCE_MS, nextPartMs: PATIENCE_MS };
  const breakers = new CircuitBreakers({ ...defaultBreakerSettings, failuresMax: 3, openMs: LEFT_ALONE_MS });
  return {
    models: course === "second" ? [broken, secondOf(models)] : [broken],
    health: { ...createModelHealth(), breakers },
    settings: { ...defaultRecoverySettings, ...(scenario.class === "timeout" && { patience }) },
  };
}

/** The fallback where there is one; else the same model again, named as the second. */
function secondOf([first, fallback]: readonly [ChatModel, ...ChatModel[]]): ChatModel {
  return fallback ?? { ...first, modelId: `${first.modelId}-second`, label: `${first.label} (second)` };
}
