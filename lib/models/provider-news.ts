import type { ProviderStatus } from "@/contract/failures";
import type { CircuitBreakers } from "./circuit-breaker";
import { modelKey } from "./model-health";
import type { ChatModel } from "./registry";

type Named = Pick<ChatModel, "provider" | "modelId" | "label">;

/** Which of these models are left alone just now, and which answers instead. */
export function providerStatus(models: readonly Named[], breakers: CircuitBreakers): ProviderStatus {
  const resting = models.flatMap((model) => {
    const until = breakers.openUntil(modelKey(model));
    return until === null ? [] : [{ model: model.label, until }];
  });
  const answering = models.find((model) => breakers.openUntil(modelKey(model)) === null);
  return { resting, answering: answering?.label ?? null };
}

/** What a run has to tell about its models: each change once, and nothing while all of them work. */
export class ProviderNews {
  private told = "[]";

  constructor(
    private readonly models: readonly Named[],
    private readonly breakers: CircuitBreakers,
  ) {}

  latest(): ProviderStatus | null {
    const status = providerStatus(this.models, this.breakers);
    const now = JSON.stringify(status.resting);
    if (now === this.told) return null;
    this.told = now;
    return status;
  }
}
