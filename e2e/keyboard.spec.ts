import { expect, test } from "./fixtures";

test("everything from signing in to the cited passage works without a pointer", async ({ person }) => {
  const { page } = person;
  const { keyboard } = page;
  await person.goto("/sign-in");
  await expect(page.getByLabel("Email")).toBeFocused();
  await keyboard.type("ben@acme.test");
  await keyboard.press("Tab");
  await keyboard.type("flightdeck-demo");
  await keyboard.press("Enter");
  await expect(page).toHaveURL("/acme/assistant");
  await expect(person.questionBox).toBeVisible();
  await keyboard.press("/");
  await expect(person.questionBox).toBeFocused();
  await keyboard.type("How much is the fee");
  await keyboard.press("Shift+Enter");
  await keyboard.type("for opened spare parts?");
  await keyboard.press("Enter");
  await expect(person.questions).toHaveText(/fee\s+for opened/);
  const source = person.answers
    .first()
    .getByRole("link", { name: /^Source 1: / })
    .first();
  await source.focus();
  await expect(page.getByRole("blockquote")).toBeVisible();
  await keyboard.press("Enter");
  await expect(person.passage.first()).toBeInViewport();
});

test("the palette finds actions, documents and conversations, and gives the focus back", async ({ person }) => {
  const { page } = person;
  await person.signIn("gus");
  await person.ask("What does the kestrel stove weigh, oystercatcher?");
  await person.questionBox.focus();
  const palette = page.getByRole("dialog", { name: "Find anything" });
  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await expect(person.questionBox).toBeFocused();

  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("oystercatcher");
  await expect(palette.getByRole("option", { name: /What does the kestrel stove weigh/ })).toBeVisible();
  await palette.getByRole("combobox").fill("dealer");
  await palette
    .getByRole("option", { name: /Dealer/ })
    .first()
    .click();
  await expect(person.document).toBeVisible();
  await expect(palette).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("new conversation");
  await expect(palette.getByRole("option", { name: /New conversation/, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(person.questions).toHaveCount(0);
});

test("the keys are listed, do what they say, and are left alone while somebody types", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await expect(person.questionBox).toBeVisible();
  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts).toContainText("Go to the question box");
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog", { name: "Conversations" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(shortcuts).toHaveCount(0);
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog", { name: "Conversations" })).toBeVisible();
  await page.keyboard.press("Escape");
  // A key is left alone while a dialog is open.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("f");
  await expect(page.getByRole("searchbox", { name: "Search documents" })).toBeFocused();
  await page.keyboard.type("unt?/");
  await expect(page.getByRole("searchbox", { name: "Search documents" })).toHaveValue("unt?/");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox", { name: "Search documents" })).toHaveValue("");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the first stop of the tab key leads past the navigation", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Search documents" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("searchbox", { name: "Search documents" })).toBeFocused();
});
