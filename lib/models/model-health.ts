/** What this process knows about the models it asks: shared by all runs, so that one run's refusal spares the others theirs. */
import { CircuitBreakers } from "./circuit-breaker";
import { RateQueues } from "./rate-queue";

export interface ModelHealth {
  breakers: CircuitBreakers;
  queues: RateQueues;
}

export function createModelHealth(): ModelHealth {
  return { breakers: new CircuitBreakers(), queues: new RateQueues() };
}

const KEY = Symbol.for("flightdeck.model-health");
type Holder = { [KEY]?: ModelHealth };

/** The process's own. Bundlers may load this module several times in one process. */
export function modelHealth(): ModelHealth {
  const holder = globalThis as Holder;
  holder[KEY] ??= createModelHealth();
  return holder[KEY];
}

/** What a model is counted under: the same model at two providers fails apart. */
export function modelKey({ provider, modelId }: { provider: string; modelId: string }): string {
  return `${provider}/${modelId}`;
}
