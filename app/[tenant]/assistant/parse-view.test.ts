import { describe, expect, it } from "vitest";
import { parseView } from "./parse-view";

describe("parseView", () => {
  it("reads a passage", () => {
    expect(parseView({ doc: "doc_1", from: "10", to: "20", v: "2", thread: "thr_1" })).toEqual({
      doc: "doc_1",
      from: 10,
      to: 20,
      v: 2,
      thread: "thr_1",
    });
  });

  it("drops what is malformed and keeps the rest", () => {
    expect(parseView({ doc: "doc_1", from: "-3", to: "x", thread: ["a", "b"], other: "1" })).toEqual({ doc: "doc_1" });
  });
});
