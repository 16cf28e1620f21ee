import { describe, expect, it } from "vitest";
import { generateBooks } from "./generate-books";
import { measure } from "./measure";

describe("generated books", () => {
  it("are determined by their seed and differ between seeds", () => {
    expect(generateBooks(40, 3)).toEqual(generateBooks(40, 3));
    expect(generateBooks(40, 3).files).not.toEqual(generateBooks(40, 4).files);
  });

  it("have every status among 500 invoices", () => {
    const { truth } = generateBooks(500, 1);
    const statuses = [...truth.invoices, ...truth.transactions].map(({ status }) => status);
    expect(new Set(statuses).size).toBe(11);
  });

  it.each([
    [50, [1, 2, 3, 4, 5, 6, 7, 8], 0.97, 0.85],
    [500, [21, 22, 23, 24, 25], 0.975, 0.96],
    [5_000, [32], 0.97, 0.97],
  ])("of %i invoices are reconciled with few mistakes", async (count, seeds, mean, worst) => {
    const measurement = await measure(count, seeds, "medium");
    expect(measurement.macroF1).toBeGreaterThan(mean);
    expect(measurement.macroF1Min).toBeGreaterThan(worst);
  });
});
