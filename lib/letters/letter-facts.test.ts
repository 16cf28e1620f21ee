import { expect, test } from "vitest";
import { changedFacts, factsOf } from "./letter-facts";

const LETTER = `Dear Jane,

your order ORD-1042 of 2026-11-02 is on its way:
- 2 × Gripper (G-7/b)

Follow the parcel: https://carrier.test/track/ab. Charged: 1,190.00 EUR.
Questions? Write to help@acme.test.`;

test("the facts of a letter are its numbers, references, links, addresses and currencies", () => {
  expect(factsOf(LETTER)).toEqual([
    "ORD-1042",
    "2026-11-02",
    "2",
    "G-7/b",
    "https://carrier.test/track/ab",
    "1,190.00",
    "EUR",
    "help@acme.test",
  ]);
});

test("other words change no fact, and what is left out or made up is named", () => {
  const friendly = `Hello Jane! Good news: ORD-1042 (2026-11-02) left us. In it: 2 × Gripper G-7/b.
    Track it at https://carrier.test/track/ab, and write to help@acme.test. We charged 1,190.00 EUR.`;
  expect(changedFacts(LETTER, friendly)).toEqual({ missing: [], added: [] });
  const wrong = friendly.replace("1,190.00", "1,090.00").replace("write to help@acme.test", "call 0800 1");
  expect(changedFacts(LETTER, wrong)).toEqual({
    missing: ["1,190.00", "help@acme.test"],
    added: ["0800", "1", "1,090.00"],
  });
  expect(changedFacts(LETTER, friendly.replace("EUR", "USD"))).toEqual({ missing: ["EUR"], added: ["USD"] });
});
