import { expect, test } from "vitest";
import { type AskedQuestion, keyOf, plainQuestion } from "./question-key";

const asked: AskedQuestion = {
  tenantId: "ten_1",
  role: "member",
  agent: "knowledge",
  instructions: "Answer.",
  provider: "openai",
  modelId: "gpt-5-mini",
  question: "How long are returns accepted?",
  corpus: "c1",
};

test("whatever an answer depends on makes another question of it", () => {
  const keys = Object.keys(asked).map((name) => keyOf({ ...asked, [name]: "other" }));
  expect(new Set([keyOf(asked), ...keys]).size).toBe(keys.length + 1);
  // What one part ends with is not what the next begins with.
  expect(keyOf({ ...asked, role: "memberknowledge", agent: "" })).not.toBe(keyOf(asked));
});

test("case, spaces and the mark at the end do not", () => {
  for (const question of [
    "how long are returns accepted",
    "  How long are\nreturns ACCEPTED ??",
    "How long are returns accepted.",
  ])
    expect(keyOf({ ...asked, question })).toBe(keyOf(asked));
  expect(plainQuestion(" ?! ")).toBe("");
  expect(keyOf({ ...asked, question: "How long are returns not accepted?" })).not.toBe(keyOf(asked));
});
