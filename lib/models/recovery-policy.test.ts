import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureClassSchema } from "@/contract/failures";
import { failureNamed } from "./model-failure";
import { decideRecovery, defaultRecoverySettings as settings, type Tried } from "./recovery-policy";

const nothing: Tried = {
  repetitions: 0,
  elapsedMs: 0,
  quickRetries: 0,
  waits: 0,
  reformulations: 0,
  shrinks: 0,
  repairs: 0,
  another: true,
};
const decide = (
  name: Parameters<typeof failureNamed>[0],
  tried: Partial<Tried> = {},
  retryAfterMs: number | null = null,
) => decideRecovery(failureNamed(name, retryAfterMs), { ...nothing, ...tried }, settings, 0.5);

describe("a rate limit", () => {
  test("is waited for, never less than was asked for, and longer each time when nothing was", () => {
    expect(decide("rate_limit", {}, 7_000)).toMatchObject({ action: "wait", waitMs: 7_500 });
    expect(decide("rate_limit", { waits: 2 })).toMatchObject({ action: "wait", waitMs: 8_500 });
  });

  test("of more than a minute switches, or is told", () => {
    expect(decide("rate_limit", {}, 61_000)).toEqual({ action: "switch" });
    expect(decide("rate_limit", { another: false }, 61_000)).toEqual({ action: "give_up" });
  });
});

test("an outage that names a long pause is not retried quickly", () => {
  expect(decide("provider_outage", {}, 30_000)).toEqual({ action: "switch" });
  expect(decide("provider_outage").action).toBe("retry");
  expect(decide("provider_outage", { quickRetries: 2 })).toEqual({ action: "switch" });
});

test("whatever fails, however often: the run ends within its repetitions, and quota, keys and filters are never repeated", () => {
  const anyTried = fc.record({
    quickRetries: fc.nat(5),
    waits: fc.nat(5),
    reformulations: fc.nat(3),
    shrinks: fc.nat(2),
    repairs: fc.nat(2),
    another: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...failureClassSchema.options),
      fc.option(fc.nat(200_000)),
      anyTried,
      fc.nat(12),
      fc.nat(300_000),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (name, hint, tried, repetitions, elapsedMs, jitter) => {
        const decision = decideRecovery(
          failureNamed(name, hint),
          { ...tried, repetitions, elapsedMs },
          settings,
          jitter,
        );
        if (repetitions >= settings.repetitionsMax || elapsedMs >= settings.deadlineMs)
          expect(decision.action).toBe("give_up");
        if (/quota|auth|model_not_found/.test(name)) expect(["switch", "give_up"]).toContain(decision.action);
        if (/content_filter|invalid_request|user_abort|none/.test(name)) expect(decision.action).toBe("give_up");
        if (decision.action === "switch") expect(tried.another).toBe(true);
        if ("waitMs" in decision) {
          expect(decision.waitMs).toBeGreaterThanOrEqual(hint ?? 0);
          expect(decision.waitMs + elapsedMs).toBeLessThanOrEqual(settings.deadlineMs);
        }
      },
    ),
  );
});
