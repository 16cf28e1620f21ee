import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import type { Passage } from "@/contract/knowledge";
import { extractAnswer } from "./extract";
import { createOfflineModel } from "./model";
import { nextStep } from "./plan";

const passage = (n: number, heading: string, text: string): Passage => ({
  n,
  documentId: "doc",
  title: "Returns policy",
  chunkId: `chk${n}`,
  heading,
  text,
  position: n,
  version: 1,
  startChar: 0,
  endChar: text.length,
});

const passages = [
  passage(
    1,
    "Return window",
    "Customers may return unused goods within 45 days of delivery. Used goods are not taken back.",
  ),
  passage(2, "Support tiers", "| Tier | Response time |\n| --- | --- |\n| Gold | 4 hours |\n| Silver | 1 day |"),
  passage(3, "What to send", "Include with the parcel:\n- the order number\n- the original packaging"),
];

test("an answer is made of the passages' own sentences, each with its number", () => {
  expect(extractAnswer("How many days do I have to return unused goods?", passages)).toBe(
    "Customers may return unused goods within 45 days of delivery. Used goods are not taken back. [1]",
  );
});

test("a table row answers with its column names, a list with what introduces it", () => {
  expect(extractAnswer("gold tier response time", passages)).toContain("Tier: Gold, Response time: 4 hours [2]");
  expect(extractAnswer("what must be included with the parcel", passages)).toContain(
    "the order number; the original packaging [3]",
  );
});

test("lines that a text file wraps are one paragraph, and the best comes first", () => {
  const notes = passage(
    4,
    "Care",
    "Old glue softens above\nforty degrees. Keep boots\naway from the stove.\n\nWax leather boots twice\na year and after each wash.",
  );
  expect(extractAnswer("How often should leather boots be waxed?", [notes])?.split("\n")[0]).toContain(
    "Wax leather boots twice a year and after each wash. [4]",
  );
});

test("of a spreadsheet's wide row it says what names it and what was asked", () => {
  const row =
    "part_number: ACP-10214 | description: Encoder battery | fits: AR-6 | unit: piece | price_eur: 64.00 | lead_time_days: 0";
  expect(extractAnswer("How much does a battery cost?", [passage(5, "", row)])).toBe(
    "part number: ACP-10214, description: Encoder battery, fits: AR-6, price eur: 64.00 [5]",
  );
});

test("a sentence of the passage that was found first beats one that merely shares as many words", () => {
  const found = [
    passage(1, "Freight", "The sender pays the freight and carries the risk."),
    passage(2, "Disposal", "Old arms go to a collector. Acme takes them when the sender pays the freight."),
  ];
  expect(extractAnswer("Who pays the freight for a return?", found)?.split("\n")[0]).toContain("carries the risk. [1]");
});

test("a section under a heading that says just what was asked answers, though its sentences share no word with the question", () => {
  const found = [
    passage(1, "7. Care › 7.3 Storage", "Loose in a cotton sack, dry, out of the sun. Not in the stuff sack."),
    { ...passage(2, "Stores", "Dogs are welcome in all stores. Tents are shown on request."), fit: 0.6 },
  ];
  const first = extractAnswer("How do I store my tent?", found)?.split("\n")[0];
  expect(first).toContain("Loose in a cotton sack, dry, out of the sun.");
});

test("what a heading answers is said with the heading", () => {
  const yearly = passage(
    1,
    "Every three years",
    "- Replace the encoder batteries with the controller on.\n- Replace the belts.",
  );
  expect(extractAnswer("How often must the encoder batteries be replaced?", [yearly])).toContain(
    "Every three years: Replace the encoder batteries with the controller on. [1]",
  );
});

test("two questions in one are answered both", () => {
  const found = [
    passage(
      1,
      "The short version",
      "- Return window: You have 30 days.\n- A restocking fee of 15 percent applies to robots.",
    ),
  ];
  const answer = extractAnswer("What is the return window, and what is the restocking fee for robots?", found);
  expect(answer).toBe(
    "- Return window: You have 30 days. [1]\n- A restocking fee of 15 percent applies to robots. [1]",
  );
});

test("a misspelt word is read as the passages spell it", () => {
  expect(extractAnswer("whitch packging must the parcl include", passages)).toContain("the original packaging [3]");
});

test("a passage that fits the question far less than the best one does not speak first", () => {
  const found = [
    passage(1, "Cleaning", "Wipe the arm with a damp cloth and a mild cleaner."),
    { ...passage(2, "Returns", "Clean robots are returned in their crate."), fit: 0.4 },
  ];
  expect(extractAnswer("How do I clean the robot?", found)?.split("\n")[0]).toContain("damp cloth");
});

test("a sentence that shares little of a question is no answer", () => {
  const found = [passage(1, "Lock-out", "Bring the arm to the maintenance pose before the lid is opened.")];
  expect(extractAnswer("May my little brown dog bring joy to the whole canteen at lunch?", found)).toBeNull();
});

test("a title that stands in the text once more is no answer", () => {
  const notes = passage(6, "Returns policy", "Returns policy\n\nThe policy holds for all orders since May.");
  expect(extractAnswer("What is the returns policy?", [notes])).toBe("The policy holds for all orders since May. [6]");
});

test("it searches first, then answers, and says so when nothing fits", () => {
  const base = { userTexts: ["How long is the warranty?"], tools: ["search_documents"] };
  expect(nextStep({ ...base, results: [] })).toEqual({
    tool: "search_documents",
    input: { query: "How long is the warranty?" },
  });
  const output = { query: "q", answered: false, passages, nearest: [{ documentId: "doc", title: "Returns policy" }] };
  expect(nextStep({ ...base, results: [{ tool: "search_documents", output }] })).toEqual({
    text: "I could not find this in your documents. The nearest titles are:\n- Returns policy",
  });
});

test("a short follow-up is searched together with the question before it", () => {
  const step = nextStep({
    userTexts: ["How long is the warranty on arms?", "and for batteries?"],
    results: [],
    tools: ["search_documents"],
  });
  expect(step).toEqual({
    tool: "search_documents",
    input: { query: "How long is the warranty on arms? and for batteries?" },
  });
});

test("streaming stops at once when it is aborted", async () => {
  const controller = new AbortController();
  const prompt: LanguageModelV4Prompt = [{ role: "user", content: [{ type: "text", text: "hello" }] }];
  const { stream } = await createOfflineModel(20).doStream({ prompt, abortSignal: controller.signal });
  const reader = stream.getReader();
  for (let i = 0; i < 3; i++) await reader.read();
  controller.abort();
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toThrow(/abort/i);
});
