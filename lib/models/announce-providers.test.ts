import { expect, test } from "vitest";
import { PROVIDER_STATUS_EVENT } from "@/contract/failures";
import { announceProviders } from "./announce-providers";
import { modelHealth, modelKey } from "./model-health";
import { chatModels } from "./registry";

test("whoever opens a thread hears which models are left alone, and that none is", () => {
  const [model] = chatModels();
  const told = () => announceProviders().map((event) => ("value" in event ? [event.name, event.value] : event));
  expect(told()).toEqual([[PROVIDER_STATUS_EVENT, { resting: [], answering: model.label }]]);
  const { breakers } = modelHealth();
  while (breakers.openUntil(modelKey(model)) === null) breakers.failed(modelKey(model));
  expect(told()).toEqual([
    [PROVIDER_STATUS_EVENT, { resting: [{ model: model.label, until: expect.any(Number) }], answering: null }],
  ]);
});
