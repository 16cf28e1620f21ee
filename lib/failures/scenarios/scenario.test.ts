import { expect, test } from "vitest";
import { failureClassSchema } from "@/contract/failures";
import { positions } from "./fault";
import { faultClasses, findScenario, impossibleBecause, notFaults } from "./scenario";
import { shownScenarios } from "./shown-scenarios";

test("every class is a fault that can be played or has the reason why it is none", () => {
  expect([...faultClasses, ...Object.keys(notFaults)].sort()).toEqual([...failureClassSchema.options].sort());
});

test("every cell of class and position has a name, or the reason why it cannot exist", () => {
  for (const name of faultClasses)
    for (const at of positions) {
      const found = findScenario(`${name}.${at}.second`);
      if (impossibleBecause(name, at)) expect(found).toBeNull();
      else expect(found).toEqual({ name: `${name}.${at}.second`, class: name, at, course: "second" });
    }
});

test("position and course may be left out", () => {
  expect(findScenario("network")).toMatchObject({ at: "before", course: "once" });
  expect(findScenario("auth.always")).toMatchObject({ at: "before", course: "always" });
  expect(findScenario("tool_call_parse")).toMatchObject({ at: "arguments" });
});

test.each(["", "none", "user_abort", "network.later", "network.text.text", "network.always.text", "constructor", "."])(
  "%j is no scenario",
  (name) => expect(findScenario(name)).toBeNull(),
);

test("the panel shows each class at least once, each by a name that exists", () => {
  const shown = shownScenarios.map(({ name }) => findScenario(name)?.class);
  expect(new Set(shown)).toEqual(new Set(faultClasses));
  expect(new Set(shownScenarios.map(({ name }) => name)).size).toBe(shownScenarios.length);
});
