import { expect, test } from "vitest";
import { judge } from "./targets";

const JS = "first-load JS before the chat opens";

test("a measure is judged by the median of its rounds' own ratios", () => {
  const slowRound = { ours: 90, stock: 300 };
  expect(
    judge("first token p50, 300 messages of history", [{ ours: 10, stock: 20 }, slowRound, { ours: 30, stock: 40 }]),
  ).toEqual({
    ours: 30,
    stock: 40,
    unit: "ms",
    oursToStock: 0.5,
    reach: "≤ 0.6×",
    aim: "0.4×",
    reached: "yes",
  });
});

test("a loss is called one", () => {
  expect(judge(JS, [{ ours: 900, stock: 600 }])).toMatchObject({ oursToStock: 1.5, reached: "no" });
});

test("an absolute bound holds whatever stock does", () => {
  expect(judge("first token p50, one stream", [{ ours: 16, stock: 16 }]).reached).toBe("no");
  expect(judge("keystroke p95, 1,000 tokens/s, 300 messages", [{ ours: 60, stock: 8 }]).reached).toBe("yes");
});

test("nothing against nothing is reached, something against nothing is not", () => {
  const blocking = "blocking time, 1,000 tokens/s, 300 messages";
  expect(judge(blocking, [{ ours: 0, stock: 0 }])).toMatchObject({ oursToStock: 0, reached: "yes" });
  expect(judge(blocking, [{ ours: 12, stock: 0 }])).toMatchObject({ oursToStock: null, reached: "no" });
});

test("what was not measured is not judged", () => {
  expect(() => judge(JS, [])).toThrow("nothing was measured");
});
