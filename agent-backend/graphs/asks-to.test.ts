import { expect, test } from "vitest";
import { asksTo } from "./asks-to";

const isOrder = (verbs: string) => (message: string) => asksTo(verbs)(message) !== null;
const wantsMark = isOrder("mark");
const wantsStart = isOrder("fulfil+|ship");

test("an order is one, however politely it is put", () => {
  for (const message of [
    "mark HG-104 as reconciled",
    "Mark invoice HG-104 reconciled.",
    "please mark HG-104",
    "OK, now mark HG-104 as reconciled",
    "Could you please mark HG-104 as reconciled?",
    "I'd like you to mark HG-104",
    "Hi, mark HG-104 as reconciled please",
    "Good morning! We need to mark HG-104",
    "Hello Ada, please mark HG-104 if possible",
  ])
    expect(wantsMark(message), message).toBe(true);
  for (const message of ["fulfil ORD-1042", "Fulfill 10301, please", "go ahead and ship ORD-7", "I want to ship ORD-7"])
    expect(wantsStart(message), message).toBe(true);
});

test("a question, a wish for the opposite, and a condition are no orders", () => {
  for (const message of [
    "is HG-104 marked as reconciled?",
    "who marked HG-104?",
    "why is HG-104 not marked as reconciled?",
    "do not mark HG-104",
    "don't mark HG-104 as reconciled",
    "mark HG-104 only if it was paid",
    "mark everything except HG-104",
    "can you tell me whether to mark HG-104?",
    "what happens when I mark HG-104?",
    "unmark HG-104",
    "mark HG-104?",
    "should I mark HG-104?",
    "can I mark HG-104?",
    "mark HG-104 or HG-105",
    "mark HG-104 when it is paid",
    "don’t mark HG-104",
    "Ada says mark HG-104",
    "reconcile the invoices",
  ])
    expect(wantsMark(message), message).toBe(false);
  for (const message of [
    "when will ORD-7 ship?",
    "cancel ORD-7 and don't ship it",
    "did you ship ORD-7?",
    "ship ORD-7 if it is paid",
  ])
    expect(wantsStart(message), message).toBe(false);
});

test("a long row of greetings is read through once", () => {
  expect(wantsMark(`${"hi hi, ".repeat(2_000)}mark HG-104`)).toBe(true);
  expect(wantsMark(`${"hi hi, ".repeat(2_000)}HG-104`)).toBe(false);
});
