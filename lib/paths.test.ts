import { describe, expect, it } from "vitest";
import { paths } from "./paths";

describe("paths", () => {
  it("leaves out what is not given and escapes what is", () => {
    expect(paths.assistant("acme")).toBe("/acme/assistant");
    expect(paths.assistant("acme", { thread: "thr_1", doc: "a&b" })).toBe("/acme/assistant?thread=thr_1&doc=a%26b");
    expect(paths.assistant("acme", { doc: "doc_1", from: 0, to: 12 })).toBe("/acme/assistant?doc=doc_1&from=0&to=12");
  });
});
