import { expect, it } from "vitest";
import { answerKind } from "./answer-kind";

it.each([
  ["How long do I have to return something?", "You have 30 days from delivery.", true],
  ["how long does the repair take", "It takes about three working days.", true],
  ["How many months is the warranty?", "The warranty is a matter of trust.", false],
  ["How often must the bearings be greased?", "Grease them every six months.", true],
  ["How often must the bearings be greased?", "Use AG-220 only.", false],
  ["How often must the bearings be greased?", "A sample is taken again after 6 months.", false],
  ["How long must a password be?", "At least 14 characters.", true],
  ["How much does the arm weigh?", "Mass of the arm: 142 kg", true],
  ["How far is the fence from the arm?", "Keep 500 mm distance.", true],
  ["What does a battery cost?", "price_eur: 64.00", true],
  ["How much does shipping cost?", "Ground: 22 USD", true],
  ["How much does shipping cost?", "Shipping takes 5 days.", false],
])("%j sees in %j what it asks for: %j", (question, passage, held) => {
  expect(answerKind(question)?.test(passage)).toBe(held);
});

it("expects nothing where a question's answer may look like anything", () => {
  expect(answerKind("Who founded the company?")).toBeNull();
  expect(answerKind("battery AR-12")).toBeNull();
});
