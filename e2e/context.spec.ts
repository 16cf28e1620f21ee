import { OPEN_DOCUMENT_CONTEXT } from "@/contract/knowledge";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import type { Person } from "./person";
import { setTenantSettings } from "./tenant-settings";

test.afterEach(() => setTenantSettings("globex", { answerCache: null, compactAt: null }));

test("the meter moves with the conversation, opens to what fills the window, and is there again after a reload", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gia");
  const meter = page.getByTestId("context-meter");
  await person.ask("How do I return a tent, and what does it cost?");
  await expect(meter).toHaveAccessibleName(/^Context .+ full, [\d,]+ of 32,768 tokens/);
  const before = await meter.getAttribute("aria-label");
  await person.ask("And how long is the warranty of a tent?");
  await expect(meter).not.toHaveAttribute("aria-label", before ?? "");

  const after = (await meter.getAttribute("aria-label")) ?? "";
  await meter.click();
  const parts = page.getByRole("dialog", { name: "What fills the model's context" });
  for (const part of ["Instructions", "Tools", "Conversation", "Documents read", "Spent on reasoning"])
    await expect(parts.getByText(part, { exact: true })).toBeVisible();
  await expect(parts).toContainText("left");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(parts).toBeHidden();
  await expect(meter).toBeFocused();

  // It is kept behind the answer's back, so that the first reload may be too early.
  await expect(async () => {
    await page.reload();
    await expect(meter).toHaveAttribute("aria-label", after, { timeout: 20_000 });
  }).toPass();
});

/** Sends a question and returns what the page tells of itself with it. */
async function contextSentWith(person: Person, question: string): Promise<unknown> {
  const asked = person.page.waitForRequest((request) => request.url().endsWith("/agent/knowledge/run"));
  const before = await person.answers.count();
  await person.send(question);
  const { context } = (await asked).postDataJSON();
  await expect(person.answers).toHaveCount(before + 1);
  return context;
}

test("the page says which document it tells the assistant of, and tells of none once it is closed", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gia");
  const told = page.getByTestId("page-context");
  await expect(person.questionBox).toBeVisible();
  await expect(told).toHaveCount(0);
  const link = person.documentRows.first().getByRole("link").first();
  const title = await link.innerText();
  await link.click();
  await expect(told).toHaveText(`The assistant is told: “${title}” is open`);
  const documentId = new URL(page.url()).searchParams.get("doc");
  expect(await contextSentWith(person, "What does the Trail Club cost?")).toEqual([
    { description: OPEN_DOCUMENT_CONTEXT, value: JSON.stringify({ documentId, title }) },
  ]);
  await person.openAssistant("globex", { thread: await person.threadId() });
  await expect(person.answers).toHaveCount(1);
  await expect(told).toHaveCount(0);
  expect(await contextSentWith(person, "And how long does it last?")).toEqual([]);
});

test("in a long conversation a line marks what the model reads in condensed form, and opens; people still see everything", async ({
  person,
}) => {
  const { page } = person;
  // Up to eight questions, one after another.
  test.setTimeout(240_000);
  // The lowest that may be set, so that a few questions are a long conversation.
  await setTenantSettings("globex", { compactAt: 0.3 });
  await person.signIn("gia");
  const line = page.getByTestId("compacted-line");
  let asked = 0;
  while (asked < 8 && !(await line.isVisible())) {
    asked++;
    // The first lines of it are what the digest must have kept.
    await person.ask(`Give me an overview of returns, please remember that this is for order ORD-77${asked}.`);
  }
  await line.getByRole("button").click();
  const digest = line.getByRole("group", { name: "What the model reads instead" });
  await expect(digest).toContainText("ORD-771");
  await expect(person.questions).toHaveCount(asked);
  await expect(person.questions.first()).toContainText("ORD-771");
  await expect(async () => {
    await page.reload();
    await expect(line).toBeVisible({ timeout: 20_000 });
  }).toPass();
});

test("an answer that was given before says so with its age, and can be asked for anew", async ({ person }) => {
  const { page } = person;
  await setTenantSettings("globex", { answerCache: true });
  await person.signIn("gia");
  const reused = page.getByTestId("reused-line");
  // A node learns of a setting within two seconds: until then it may answer without keeping.
  await expect(async () => {
    await page.getByRole("button", { name: "New conversation" }).click();
    await expect(person.questions).toHaveCount(0);
    await person.ask("What does the Trail Club cost?");
    await expect(reused).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(reused).toContainText("Answered from an earlier answer of Offline model");
  await expect(
    person.answers
      .last()
      .getByRole("link", { name: /^Source/ })
      .first(),
  ).toBeVisible();
  await reused.getByRole("button", { name: "Ask again" }).click();
  await expect(person.questions).toHaveCount(2);
  await expect(person.answers).toHaveCount(2);
  await expect(reused).toHaveCount(1);
});
