import { describe, expect, test } from "vitest";
import { readOrderMessage } from "./read-message";

const read = (message: string) => {
  const { command, names } = readOrderMessage(message);
  return command ? [command, ...names].join(" ") : null;
};

describe("what is to be done is read from what people write", () => {
  test.each([
    ["fulfil ORD-1042", "fulfil ORD-1042"],
    ["Please fulfil ORD-1042", "fulfil ORD-1042"],
    ["fullfil isn't how it is written, but fulfill ORD-1042 is", null],
    ["Fulfill order ord-1042.", "fulfil ord-1042"],
    ["can you start order 1042?", "fulfil 1042"],
    ["Could you please process order no. 10248 for me?", "fulfil 10248"],
    ["go ahead with ORD-1042 and ORD-1043", "fulfil ORD-1042 ORD-1043"],
    ["OK go ahead and ship ORD-1042", "fulfil ORD-1042"],
    ["let’s start #1042", "fulfil 1042"],
    ["I'd like to fulfil ORD-1042, ORD-1043 and order 1044 please", "fulfil ORD-1042 ORD-1043 1044"],
    ["Good morning, please start ORD-1042. Thanks!", "fulfil ORD-1042"],
    ["Hey team, kick off SO/2026-7", "fulfil SO/2026-7"],
    ["start ORD-1042 in 2 parcels", "fulfil ORD-1042"],
    ["please fulfil ORD-1042 if you can", "fulfil ORD-1042"],
    ["we need to ship ORD-1042 today", "fulfil ORD-1042"],
    ["cancel ORD-1042", "cancel ORD-1042"],
    ["Hi, cancel ORD-1042 please", "cancel ORD-1042"],
    ["Please cancel the order ORD-1042, the customer changed her mind.", "cancel ORD-1042"],
    ["Hello Ada, I need you to stop order 1042 now", "cancel 1042"],
    ["“cancel ORD-1042”", "cancel ORD-1042"],
    ["cancel ORD-1042 and ORD-1043", "cancel ORD-1042 ORD-1043"],
    // Which one, is asked back.
    ["fulfil it", "fulfil"],
    ["please cancel it", "cancel"],
    ["cancel everything", "cancel"],
  ])("“%s”: %s", (message, expected) => {
    expect(read(message)).toBe(expected);
  });
});

describe("nothing is begun or cancelled by", () => {
  test.each([
    // Questions.
    "fulfil ORD-1042?",
    "when will ORD-1042 ship?",
    "did you start ORD-1042?",
    "how do I fulfil an order?",
    "can I cancel ORD-1042?",
    "can you cancel ORD-1042?",
    "should I cancel ORD-1042?",
    "cancel ORD-1042?",
    "what happens if I cancel?",
    "what would cancel ORD-1042 do",
    "why did ORD-1042's payment fail?",
    "is ORD-1042 cancelled?",
    "who cancelled ORD-1042",
    // The opposite, a condition, a time, a choice.
    "don't cancel ORD-1042",
    "don’t cancel ORD-1042",
    "please do not fulfil ORD-1042",
    "never cancel ORD-1042",
    "cancel ORD-1042 if the payment fails",
    "cancel ORD-1042 when it is declined again",
    "start ORD-1042 tomorrow",
    "fulfil ORD-1042 or ORD-1043",
    "cancel ORD-1042, no wait",
    "fulfil ORD-1042 but leave out the cable",
    // Something else than the order, or a part of it.
    "cancel the shipment of ORD-1042",
    "cancel ORD-1042's shipment",
    "cancel ORD-1042 shipment",
    "cancel line 2 of ORD-1042",
    "cancel ORD-1042 - only the second line",
    "process the refund for ORD-1042",
    // Two things, and what others say.
    "fulfil ORD-1042 and cancel ORD-1043",
    "cancel ORD-1042 and start ORD-1043",
    "the customer says: cancel ORD-1042",
    "“cancel ORD-1042” said the customer",
    "ORD-1042 was cancelled",
    "I want to know about ORD-1042",
    // Looks.
    "show me what's stuck",
    "is anything waiting for me?",
    "what is stuck?",
    "hello",
  ])("“%s”", (message) => {
    expect(read(message)).toBeNull();
  });
});

test("what is only spoken of is known, so that the answer can say how it is done", () => {
  expect(readOrderMessage("should I cancel ORD-1042?").speaksOf).toEqual(["cancel"]);
  expect(readOrderMessage("how do I fulfil an order?").speaksOf).toEqual(["fulfil"]);
  expect(readOrderMessage("fulfil ORD-1042 and cancel ORD-1043").speaksOf).toEqual(["fulfil", "cancel"]);
  expect(readOrderMessage("where is the shipment of ORD-1042?").speaksOf).toEqual([]);
});
