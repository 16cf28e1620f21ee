import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { classify } from "./classify";
import { failureClassSchema } from "./failure-class";
import { sampleLineSchema } from "./observation";

const folder = new URL("./samples/", import.meta.url);
const fixtureSchema = sampleLineSchema.extend({
  expected: z.object({
    class: failureClassSchema,
    retryable: z.enum(["yes", "no", "after_mutation"]),
    retryAfterMs: z.number().nullable(),
  }),
  source: z.string().url(),
});

const samples = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(new URL(name, folder), "utf8").trim().split("\n"))
  .map((line) => fixtureSchema.parse(JSON.parse(line)));

function classifySample({ provider, phase, input }: (typeof samples)[number]) {
  const { class: failureClass, retryable, retryAfterMs } = classify({ ...input, provider, phase });
  return { class: failureClass, retryable, retryAfterMs };
}

describe("recorded provider replies", () => {
  it.each(samples.map((sample) => [String(sample.id), sample] as const))("%s", (_id, sample) => {
    expect(classifySample(sample)).toEqual(sample.expected);
  });

  it("covers every class, and prints the score of each", () => {
    const scores = failureClassSchema.options.map((name) => {
      const ofClass = samples.filter((sample) => sample.expected.class === name);
      const right = ofClass.filter((sample) => classifySample(sample).class === name).length;
      return { class: name, samples: ofClass.length, right };
    });
    console.table(scores);
    expect(scores.filter((score) => score.samples < 3)).toEqual([]);
    expect(samples.length).toBeGreaterThanOrEqual(250);
  });

  it("has unique ids", () => {
    expect(new Set(samples.map((sample) => sample.id)).size).toBe(samples.length);
  });
});
