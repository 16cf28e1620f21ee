import { expect, it } from "vitest";
import { lettersOf } from "./monogram";

it.each([
  ["Acme Robotics", "AR"],
  ["Globex", "GL"],
  ["gia@globex.test", "GI"],
  ["jean-luc.picard@starfleet.test", "JL"],
  ["@", "@"],
])("%j is known by %j", (name, letters) => {
  expect(lettersOf(name)).toBe(letters);
});
