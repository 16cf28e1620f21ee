import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  it("keeps a path of this site", () => {
    expect(safeNext("/acme/assistant?thread=thr_1")).toBe("/acme/assistant?thread=thr_1");
  });

  it.each([
    undefined,
    "",
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "/\n/evil.test",
    ["/a", "/b"],
  ])("goes home instead of to %j", (next) => {
    expect(safeNext(next)).toBe("/");
  });
});
