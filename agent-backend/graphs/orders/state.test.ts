import fc from "fast-check";
import { expect, test } from "vitest";
import { ORDER_STEPS, type OrderLine, orderPolicySchema, orderStateSchema } from "@/contract/orders";
import { StrictSerializer } from "../../checkpoints/strict-serializer";
import { resolveByPolicy, shortLines } from "./lines";
import { initialOrderState, OrderChannels, requireOrderState } from "./state";

test("the graph's channels are the fields of the contract, and a new order's state fits it", () => {
  expect(Object.keys(OrderChannels.spec).sort()).toEqual(Object.keys(orderStateSchema.shape).sort());
  expect(orderStateSchema.parse(initialOrderState("ORD-1", "thr_1", "ada"))).toMatchObject({ outcome: null });
});

test("a state of another version, or one that does not fit, is refused by name; an empty thread is not", () => {
  const state = initialOrderState("ORD-1", "thr_1", "ada");
  expect(() => requireOrderState({})).not.toThrow();
  expect(() => requireOrderState(state)).not.toThrow();
  expect(() => requireOrderState({ ...state, version: 0 })).toThrow(expect.objectContaining({ code: "state_version" }));
  expect(() => requireOrderState({ ...state, lines: [{ sku: 7 }] })).toThrow(
    expect.objectContaining({ code: "state_version" }),
  );
});

const word = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replaceAll("\0", "").toWellFormed());
const count = fc.integer({ min: 0, max: 2_000_000_000 });
const line: fc.Arbitrary<OrderLine> = fc.record(
  {
    lineNo: count,
    sku: fc.constantFrom("A", "B", "C"),
    name: word,
    orderedQty: count,
    qty: fc.integer({ min: 0, max: 9 }),
    backOrderedQty: fc.constant(0),
    unitPriceMinor: count,
    available: fc.constantFrom(0, 3, 7),
    substituteFor: fc.option(word),
  },
  // Objects as a node makes them.
  { noNullPrototype: true },
);

test("10,000 generated states come back from a checkpoint as they were", async () => {
  const serializer = new StrictSerializer();
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 4 }),
      word,
      fc.constantFrom(...ORDER_STEPS),
      async (lines, text, step) => {
        const first = initialOrderState(text, text, text);
        const state = {
          ...first,
          lines,
          notice: { subject: text, body: text, state: "draft" as const },
          steps: { ...first.steps, [step]: { ...first.steps[step], note: text, attempts: lines.length } },
        };
        const [type, bytes] = await serializer.dumpsTyped(state);
        expect(await serializer.loadsTyped(type, bytes)).toEqual(state);
      },
    ),
    { numRuns: 10_000 },
  );
}, 60_000);

test("whatever the policy resolves can be shipped from what is there, and back-orders lose no unit", () => {
  const stock: Record<string, number> = { A: 0, B: 3, C: 7 };
  const order = fc
    .array(line, { minLength: 1, maxLength: 6 })
    .map((lines) => lines.map((one, i) => ({ ...one, lineNo: i + 1, available: stock[one.sku] ?? 0 })));
  const policy = fc.record({
    shipping: fc.constantFrom("whole" as const, "lines" as const),
    shortage: fc.constantFrom("back-order" as const, "reject" as const),
  });
  fc.assert(
    fc.property(order, policy, (lines, wanted) => {
      fc.pre(shortLines(lines).length > 0);
      const resolved = resolveByPolicy(lines, orderPolicySchema.parse(wanted));
      if (!resolved) return;
      expect(shortLines(resolved)).toEqual([]);
      const units = (all: readonly OrderLine[]) =>
        all.reduce((sum, { qty, backOrderedQty }) => sum + qty + backOrderedQty, 0);
      if (wanted.shortage === "back-order") expect(units(resolved)).toBe(units(lines));
    }),
  );
});
