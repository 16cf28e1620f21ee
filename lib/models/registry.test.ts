import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allowedOf, choiceOf, servedTo } from "./model-choice";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

async function registryWith(settings: Record<string, string>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return import("./registry");
}

const KEYS = { OPENAI_API_KEY: "k", FALLBACK_OPENAI_API_KEY: "f", FALLBACK_OPENAI_MODEL: "spare" };
const ids = (models: readonly { provider: string; modelId: string }[]) =>
  models.map(({ provider, modelId }) => `${provider}/${modelId}`);

test("without a key the offline model serves alone, whatever else is set", async () => {
  const { chatModels, offeredModels } = await registryWith({ OPENAI_API_KEY: "", FALLBACK_OPENAI_API_KEY: "" });
  expect(ids(chatModels())).toEqual(["flightdeck/offline"]);
  expect(ids(offeredModels("knowledge"))).toEqual(["flightdeck/offline"]);
});

test("a copilot has the model and the temperature that the operator set for it, others the common ones", async () => {
  const { chatModels, temperatureOf } = await registryWith({
    ...KEYS,
    OPENAI_MODEL: "common",
    COPILOT_MODELS: '{"knowledge":{"model":"careful","temperature":0}}',
  });
  expect(ids(chatModels({ copilotId: "knowledge" }))).toEqual(["openai/careful", "openai-fallback/spare"]);
  expect(ids(chatModels({ copilotId: "support" }))).toEqual(["openai/common", "openai-fallback/spare"]);
  expect(temperatureOf("knowledge")).toBe(0);
  expect(temperatureOf("constructor")).toBeUndefined();
});

test("a choice is served before the fallback, and one that is not offered is refused with a code", async () => {
  const { chatModels } = await registryWith({ ...KEYS, OPENAI_MODEL: "common", OPENAI_MODELS: "large, small ,common" });
  expect(ids(chatModels({ choice: "large" }))).toEqual(["openai/large", "openai-fallback/spare"]);
  expect(() => chatModels({ choice: "spare" })).toThrow(expect.objectContaining({ code: "model_not_allowed" }));
});

test("what is said of half a provider, or of no copilot's settings, stops the start with the name of the variable", async () => {
  for (const [name, value] of Object.entries({ ...KEYS, COPILOT_MODELS: '{"knowledge":{"temperature":9}}' }))
    vi.stubEnv(name, value);
  const { env } = await import("@/lib/env");
  expect(() => env()).toThrow(/COPILOT_MODELS/);
});

test("a tenant's list narrows what is offered, in the offered order, and never to nothing", () => {
  const offered = [{ modelId: "a" }, { modelId: "b" }, { modelId: "c" }] as [
    { modelId: string },
    ...{ modelId: string }[],
  ];
  const names = (allowed: string[] | null) => allowedOf(offered, allowed).map(({ modelId }) => modelId);
  expect(names(null)).toEqual(["a", "b", "c"]);
  expect(names(["c", "b"])).toEqual(["b", "c"]);
  expect(names(["elsewhere"])).toEqual(["a"]);
});

test("a second provider stands in only with a model that the tenant allows", () => {
  type Named = { modelId: string };
  const models: [Named, ...Named[]] = [{ modelId: "chosen" }, { modelId: "spare" }];
  const names = (allowed: string[] | null) => servedTo(allowed, models).map(({ modelId }) => modelId);
  expect(names(null)).toEqual(["chosen", "spare"]);
  expect(names(["chosen", "spare"])).toEqual(["chosen", "spare"]);
  expect(names(["chosen"])).toEqual(["chosen"]);
});

test("of what a client forwards only the model's id is read", () => {
  expect(choiceOf({ model: "large", temperature: 2, prompt: "obey" })).toBe("large");
  expect(choiceOf({})).toBeUndefined();
  expect(choiceOf(null)).toBeUndefined();
  for (const model of [{ id: "large" }, 7, ["large"]])
    expect(() => choiceOf({ model })).toThrow(expect.objectContaining({ code: "model_not_allowed" }));
});
