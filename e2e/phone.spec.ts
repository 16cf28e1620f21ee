import { paths } from "@/lib/paths";
import { expect, test } from "./fixtures";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("on a phone the assistant is a sheet over the page, and a citation leads back to the document", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("ben");
  const bar = page.getByRole("navigation", { name: "Main" });
  await expect(bar).toBeVisible();
  await expect(bar).toBeInViewport();
  await expect(person.documentRows.first()).toBeInViewport();
  await expect(person.questionBox).not.toBeInViewport();

  await page.getByTestId("copilot-chat-toggle").tap();
  await expect(person.questionBox).toBeInViewport();
  const answer = await person.ask("How long are the batteries of the AR-12 returnable?");
  await answer
    .getByRole("link", { name: /^Source/ })
    .first()
    .tap();
  await expect(person.passage.first()).toBeInViewport();
  await expect(person.questionBox).not.toBeInViewport();

  await page.getByTestId("copilot-chat-toggle").tap();
  await expect(answer).toBeInViewport();
  await page.getByRole("button", { name: "Close the assistant" }).tap();
  await expect(person.document).toBeInViewport();
});

test("nothing is wider than the phone", async ({ person }) => {
  const { page } = person;
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await person.goto("/sign-in");
  expect(await overflow()).toBe(0);
  await person.signIn("ben");
  await expect(person.documentRows.first()).toBeVisible();
  expect(await overflow()).toBe(0);
  await person.goto(paths.invoices("acme"));
  const invoices = person.page.getByRole("table", { name: "Invoices" });
  await expect(invoices.getByRole("row").nth(1)).toBeInViewport();
  expect(await overflow()).toBe(0);
  await invoices.locator("[data-row-control]").first().tap();
  await expect(person.page.getByRole("complementary", { name: "Details" })).toBeInViewport();
  await expect(invoices).toBeHidden();
  expect(await overflow()).toBe(0);
  await person.openAssistant("acme");
  await person.documentRow("Error Code Reference for AC-4 and AC-4H Controllers").getByRole("link").tap();
  await expect(person.document).toBeVisible();
  expect(await overflow()).toBe(0);
});

test("the account, the palette and the conversations are in reach of a thumb", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await page.getByRole("button", { name: "Find anything" }).tap();
  await expect(page.getByRole("dialog", { name: "Find anything" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByTestId("copilot-chat-toggle").tap();
  await person.showConversations();
  await page.getByRole("button", { name: "Close", exact: true }).tap();
  await page.getByRole("button", { name: "Close the assistant" }).tap();
  await person.signOut();
});
