import { expect, test } from "vitest";
import { priceOverridesSchema } from "@/contract/settings";
import { costMicroUsd, priceOf, toolMicroUsd } from "./prices";

const model = (modelId: string, provider = "openai") => ({ provider, modelId });
const usage = { inputTokens: 1_000, outputTokens: 500, cachedTokens: 400, reasoningTokens: 100, measured: true };

test("a model is priced by its own name, not by one that it begins with", () => {
  expect(priceOf(model("gpt-4o"))?.input).toBe(2.5);
  expect(priceOf(model("gpt-4o-mini"))?.input).toBe(0.15);
  expect(priceOf(model("gpt-4o-2024-08-06"))?.input).toBe(2.5);
  expect(priceOf(model("openai/gpt-5-mini", "openrouter"))?.output).toBe(2);
  expect(priceOf(model("gpt-4o-audio-preview"))).toBeNull();
  expect(priceOf(model("llama-4"))).toBeNull();
  expect(priceOf(model("offline", "flightdeck"))).toMatchObject({ input: 0, output: 0 });
});

test("every price says where it is from and when it was so", () => {
  for (const name of ["gpt-5.5", "gpt-5-mini", "o3", "gpt-3.5-turbo"]) {
    expect(priceOf(model(name))).toMatchObject({
      asOf: expect.stringMatching(/^20\d\d-\d\d$/),
      source: expect.stringMatching(/^https:/),
    });
  }
});

test("a tenant's own price goes first, then the operator's; one that is none is refused with the name of its field", () => {
  const installation = priceOverridesSchema.parse({
    "llama-4": { input: 0.2, output: 0.6 },
    offline: { input: 9, output: 9 },
  });
  const tenant = priceOverridesSchema.parse({ offline: { input: 1, cachedInput: 0.5, output: 2, reasoning: 3 } });
  expect(priceOf(model("llama-4"), { tenant, installation })).toEqual({
    input: 0.2,
    cachedInput: 0.2,
    output: 0.6,
    reasoning: 0.6,
    asOf: "configured",
    source: "MODEL_PRICES",
  });
  expect(priceOf(model("offline", "flightdeck"), { tenant, installation })).toMatchObject({
    cachedInput: 0.5,
    reasoning: 3,
  });
  const bad = priceOverridesSchema.safeParse({ "llama-4": { input: -1, output: 1 } });
  expect(bad.error?.issues[0]).toMatchObject({ path: ["llama-4", "input"], message: "must not be negative" });
});

test("cached input and reasoning cost their own prices and are counted once", () => {
  const gpt4o = priceOf(model("gpt-4o"));
  expect(gpt4o && costMicroUsd(gpt4o, usage)).toBe(600 * 2.5 + 400 * 1.25 + 500 * 10);
  const thinking = { input: 1, cachedInput: 0.5, output: 2, reasoning: 3, asOf: "", source: "" };
  expect(costMicroUsd(thinking, usage)).toBe(600 + 200 + 400 * 2 + 100 * 3);
});

test("each call of a tool that has a price costs it", () => {
  const prices = { web_search: 0.01, ocr: 0.1 };
  expect(toolMicroUsd(["web_search", "search_documents", "web_search", "ocr"], prices)).toBe(120_000);
  expect(toolMicroUsd(undefined, prices)).toBe(0);
  expect(toolMicroUsd(["constructor"], prices)).toBe(0);
});
