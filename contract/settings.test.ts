import { expect, test } from "vitest";
import { readSettings, settingsChangeSchema } from "./settings";

test("a tenant that set nothing has every default, and one bad value does not take the good ones with it", () => {
  const untouched = readSettings({});
  expect(untouched).toMatchObject({ allowedModels: null, answerCache: false, compactAt: 0.7, priceOverrides: {} });
  expect(untouched.orderPolicy).toMatchObject({ shipping: "whole", fourEyesFromMinor: null });
  expect(readSettings({ compactAt: 7, answerCache: true, unknown: 1 })).toEqual({ ...untouched, answerCache: true });
  expect(readSettings(null)).toEqual(untouched);
});

test("a change names only what it changes, and a bad value is refused with the name of its field", () => {
  expect(settingsChangeSchema.parse({ answerCache: true })).toEqual({ answerCache: true });
  const fieldOf = (change: object) => settingsChangeSchema.safeParse(change).error?.issues[0]?.path.join(".");
  expect(fieldOf({ compactAt: 0.99 })).toBe("compactAt");
  expect(fieldOf({ allowedModels: ["gpt-4o", "two words"] })).toBe("allowedModels.1");
  expect(fieldOf({ priceOverrides: { "gpt-4o": { input: -1, output: 1 } } })).toBe("priceOverrides.gpt-4o.input");
  expect(fieldOf({ orderPolicy: { fourEyesFromMinor: -1 } })).toBe("orderPolicy.fourEyesFromMinor");
  expect(fieldOf({ runsAtOnce: 0 })).toBe("runsAtOnce");
  expect(settingsChangeSchema.safeParse({ role: "admin" }).success).toBe(false);
});
