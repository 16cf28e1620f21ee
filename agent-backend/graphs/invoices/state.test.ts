import fc from "fast-check";
import { expect, test } from "vitest";
import { BATCH_STEPS, INVOICE_STATUSES, type InvoiceState, invoiceStateSchema } from "@/contract/invoices";
import { StrictSerializer } from "../../checkpoints/strict-serializer";
import { draftLetter } from "./letter";
import { initialInvoiceState, requireInvoiceState } from "./state";

test("a state of another version, or one that does not fit, is refused and not misread", () => {
  const state = initialInvoiceState("rec_1", "thr_1", "ada");
  expect(invoiceStateSchema.parse(state)).toEqual(state);
  expect(() => requireInvoiceState({})).not.toThrow();
  expect(() => requireInvoiceState(state)).not.toThrow();
  expect(() => requireInvoiceState({ ...state, version: 0 })).toThrow(
    expect.objectContaining({ code: "state_version" }),
  );
  expect(() => requireInvoiceState({ ...state, totals: [{ status: "fine" }] })).toThrow(
    expect.objectContaining({ code: "state_version" }),
  );
});

const word = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replaceAll("\0", "").toWellFormed());
const count = fc.nat({ max: 20_000 });
const plain = { noNullPrototype: true };
const total = fc.record(
  {
    status: fc.constantFrom(...INVOICE_STATUSES),
    currency: word,
    count,
    amountMinor: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    reconciled: count,
  },
  plain,
);
const draft = fc.record(
  { id: word, supplier: word, invoices: count, state: fc.constantFrom("ready" as const, "sent" as const) },
  plain,
);

test("10,000 generated states come back from a checkpoint as they were", async () => {
  const serializer = new StrictSerializer();
  await fc.assert(
    fc.asyncProperty(
      fc.array(total, { maxLength: 4 }),
      fc.array(draft, { maxLength: 3 }),
      word,
      fc.constantFrom(...BATCH_STEPS),
      async (totals, shown, text, step) => {
        const first = initialInvoiceState(text, text, text);
        const state: InvoiceState = {
          ...first,
          totals,
          drafts: { ...first.drafts, shown },
          progress: { step, current: shown.length, total: totals.length, unit: "rows", remainingMs: null },
          steps: { ...first.steps, [step]: { ...first.steps[step], note: text } },
        };
        const [type, bytes] = await serializer.dumpsTyped(state);
        expect(await serializer.loadsTyped(type, bytes)).toEqual(state);
      },
    ),
    { numRuns: 10_000 },
  );
}, 60_000);

test("a letter tells each concern with its wish, and counts what it does not name", () => {
  const concern = (i: number) => ({
    row: i,
    invoiceNumber: `INV-${i}`,
    supplier: "Acme",
    invoiceDate: "2026-09-01",
    currency: "EUR",
    totalMinor: 12_345,
    status: i % 2 ? ("overpayment" as const) : ("missing_po" as const),
    reason: `Reason ${i}.`,
  });
  const one = draftLetter("Acme", "Us", [concern(1)]);
  expect(one.subject).toBe("Your invoice INV-1");
  expect(one.body).toContain("- INV-1 of 2026-09-01 over 123.45 EUR. Reason 1.");
  expect(one.body).toContain("Please return the difference");
  const many = draftLetter(
    "Acme",
    "Us",
    Array.from({ length: 60 }, (_, i) => concern(i + 1)),
  );
  expect(many.subject).toBe("60 of your invoices");
  expect(many.body).toContain("20 more invoices are affected");
});
