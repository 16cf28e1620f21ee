import { describe, expect, it } from "vitest";
import { formsOf } from "./word-forms";

describe("formsOf", () => {
  it.each([
    ["breaking", "broken"],
    ["driver", "drove"],
    ["sales", "sell"],
    ["deliveries", "deliver"],
    ["broken", "break"],
  ])("joins %s and %s", (word, form) => expect(formsOf(word)).toContain(form));

  it.each(["founder", "founded", "wounded", "leftover"])("does not take %s for a form of a past form", (word) =>
    expect(formsOf(word)).toEqual([]),
  );
});
