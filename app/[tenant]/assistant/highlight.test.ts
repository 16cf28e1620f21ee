import { describe, expect, it } from "vitest";
import { cutAt } from "./highlight";

describe("cutAt", () => {
  it("cuts exactly at the range, wherever it begins and ends", () => {
    expect(cutAt("thirty days", 100, 111, { from: 107, to: 111 })).toEqual(["thirty ", "days", ""]);
    expect(cutAt("thirty days", 100, 111, { from: 0, to: 106 })).toEqual(["", "thirty", " days"]);
    expect(cutAt("thirty days", 100, 111, { from: 0, to: 500 })).toEqual(["", "thirty days", ""]);
  });

  it("marks nothing outside the range, and nothing without one", () => {
    expect(cutAt("thirty", 100, 106, { from: 106, to: 120 })).toEqual(["thirty", "", ""]);
    expect(cutAt("thirty", 100, 106, null)).toEqual(["thirty", "", ""]);
  });

  it("marks the whole piece where its characters are not the source's", () => {
    expect(cutAt("a & b", 100, 109, { from: 104, to: 106 })).toEqual(["", "a & b", ""]);
  });
});
