import { expect, test } from "./fixtures";
import { users } from "./person";

test("a stranger signs in with one click, asks, and reads the cited passage in the document", async ({ person }) => {
  const { page } = person;
  await person.goto("/");
  await expect(page).toHaveTitle(/^Sign in/);
  await expect(page.getByRole("list").getByRole("button")).toHaveCount(5);
  await page.getByRole("button", { name: users.ben.email }).click();
  await expect(page).toHaveURL("/acme/assistant");
  await expect(person.documentRows.first()).toBeVisible();
  await expect(page.getByText("Offline model", { exact: false })).toBeVisible();

  await page.getByTestId("copilot-suggestion").filter({ hasText: "Send a robot back" }).click();
  await expect(person.questions).toHaveText(/What is the return window/);
  const answer = person.answers.first();
  await expect(answer).toContainText("30 days");

  const citation = answer.getByRole("link", { name: /^Source \d+: / }).first();
  await citation.hover();
  const quote = page.getByRole("blockquote");
  await expect(quote).toBeVisible();
  const quoted = (await quote.innerText()).trim();
  await citation.click();
  await expect(person.passage.first()).toBeInViewport();
  const marked = (await person.passage.allInnerTexts()).join("").replace(/\W+/g, "");
  expect(quoted.replace(/\W+/g, "")).toContain(marked.slice(0, 40));
  // The answer stays beside what it cites.
  await expect(answer).toContainText("30 days");
});
