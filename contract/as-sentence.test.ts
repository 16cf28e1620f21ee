import { expect, test } from "vitest";
import { asSentence } from "./as-sentence";

test.each([
  ["ORD-7: payment by card failed.", "Payment by card failed."],
  ["ORD-7: 2 of 3 Valves.", "2 of 3 Valves."],
  ["the letter to ORD-7: it is ready.", "The letter to ORD-7: it is ready."],
  ["", ""],
])("“%s” stands alone as “%s”", (note, sentence) => expect(asSentence(note, "ORD-7")).toBe(sentence));
