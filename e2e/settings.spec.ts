import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { paths } from "@/lib/paths";
import { clearOfMidnight } from "@/test/clear-of-midnight";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";

const limitsOf = (page: Page, name: string) => page.getByRole("form", { name: `Limits, ${name}` });
const spending = (page: Page) => page.getByRole("region", { name: "Spending" });

test("an admin stops the spending: a question is refused in words and stays in its box, and is answered once there is room", async ({
  person,
}) => {
  const { page } = person;
  // Seven pages, one after another.
  test.setTimeout(300_000);
  await clearOfMidnight(60_000);
  await person.signIn("gus");
  await person.goto(paths.settings("globex"));
  // The offline model costs nothing by itself; with a price of its own it is counted like any other.
  await page.getByRole("textbox", { name: "Offline model, input" }).fill("500");
  await page.getByRole("textbox", { name: "Offline model, output" }).fill("100");
  await page.getByRole("button", { name: "Save prices" }).click();
  await expect(page.getByText("Prices: saved")).toBeVisible();

  await person.openAssistant("globex");
  await expect(await person.ask("What is the return window?")).toContainText("90 days");
  await expect(page.getByTestId("context-meter")).toBeVisible();

  await person.goto(paths.settings("globex"));
  const everybody = limitsOf(page, "Everybody together");
  const stopAt = everybody.getByRole("textbox", { name: "Stop at" }).first();
  await stopAt.fill("0.01");
  await everybody.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Limits, everybody together: saved")).toBeVisible();

  await person.openAssistant("globex");
  await person.send("How long is the warranty?");
  await expect(page.getByText("Your organisation's allowance for today is used up", { exact: false })).toBeVisible();
  await expect(person.questionBox).toHaveValue("How long is the warranty?");
  await expect(person.questions).toHaveCount(0);

  await person.goto(paths.settings("globex"));
  await expect(stopAt).toHaveValue("0.01");
  await stopAt.fill("10000");
  await everybody.getByRole("textbox", { name: "Warn at" }).first().fill("0.01");
  await everybody.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Limits, everybody together: saved")).toBeVisible();

  // A new conversation: what was refused in another one waits in its box.
  await person.openAssistant("globex");
  await expect(person.questionBox).toHaveValue("How long is the warranty?");
  await person.ask("How long is the warranty?");
  await expect(page.getByText("allowance for today", { exact: false })).toBeVisible();

  await person.goto(paths.usage("globex"));
  const byPerson = page.getByRole("group", { name: "Usage by person" });
  await expect(byPerson.getByRole("row", { name: /gus@globex\.test/ })).toContainText(/\$\d*\.\d\d/);
  await expect(page.getByRole("img", { name: /^Cost by day/ })).toBeVisible();
  await expect(page.getByRole("list", { name: "Limits" })).toContainText("Past the warning");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toMatch(/^day,userId,agent,provider,model,calls,/);
  expect(file).toContain(",knowledge,flightdeck,offline,");
});

test("a bad value names its field and leaves what was set, and a change can be taken back", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  await person.goto(paths.settings("acme"));
  const rules = page.getByRole("form", { name: "Model rules" });
  const condense = rules.getByRole("textbox", { name: /^Condense older messages/ });
  await condense.fill("99");
  await rules.getByRole("button", { name: "Save" }).click();
  await expect(rules.getByText("Condense older messages from must be at most 90 %.")).toBeVisible();
  await expect(condense).toHaveAttribute("aria-invalid", "true");
  await page.reload();
  await expect(condense).toHaveValue("70");

  await condense.fill("55");
  await rules.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Model rules: saved")).toBeVisible();
  await person.undo();
  await expect(page.getByText("Model rules: taken back")).toBeVisible();
  await expect(condense).toHaveValue("70");

  const everybody = limitsOf(page, "Each member");
  await everybody.getByRole("textbox", { name: "Warn at" }).first().fill("9");
  await everybody.getByRole("textbox", { name: "Stop at" }).first().fill("5");
  await everybody.getByRole("button", { name: "Save limits" }).click();
  await expect(everybody.getByText("Warn at must not be more than the hard limit.")).toBeVisible();
});

test("prices of models and tools are checked by the field, and the keys are listed here too", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  await person.goto(paths.settings("acme"));
  const prices = page.getByRole("form", { name: "Prices", exact: true });
  const input = prices.getByRole("textbox", { name: "Offline model, input" });
  await input.fill("-1");
  await prices.getByRole("textbox", { name: "Offline model, output" }).fill("1");
  await prices.getByRole("button", { name: "Save prices" }).click();
  await expect(prices.getByText("Offline model, input: must not be negative.")).toBeVisible();
  await expect(input).toHaveAttribute("aria-invalid", "true");
  const tools = page.getByRole("form", { name: "Tool prices" });
  const search = tools.getByRole("textbox", { name: "Search documents" });
  await search.fill("0.02");
  await tools.getByRole("button", { name: "Save tool prices" }).click();
  await expect(page.getByText("Tool prices: saved")).toBeVisible();
  await search.fill("a cent");
  await tools.getByRole("button", { name: "Save tool prices" }).click();
  await expect(tools.getByText("Search documents must be a number.")).toBeVisible();
  await expect(search).toHaveAttribute("aria-invalid", "true");
  await page.reload();
  await expect(search).toHaveValue("0.02");
  await expect(input).toHaveValue("");
  await search.fill("");
  await tools.getByRole("button", { name: "Save tool prices" }).click();
  await expect(page.getByText("Tool prices: saved")).toBeVisible();

  // Not while somebody writes.
  await search.press("?");
  await expect(search).toHaveValue("?");
  await search.fill("");
  await search.blur();
  await page.keyboard.press("?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(shortcuts).toContainText("Show this list");
  await page.keyboard.press("Escape");
  await expect(shortcuts).toHaveCount(0);
});

test("a member reads the rules that apply to them, changes none, and sees their own use alone", async ({ person }) => {
  const { page } = person;
  await clearOfMidnight(60_000);
  await person.signIn("gia");
  await page.getByRole("link", { name: "Settings" }).first().click();
  await expect(page.getByRole("note")).toContainText("Only an admin of the workspace can change them.");
  await expect(spending(page).getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Save/ })).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: /^Condense older messages/ })).toBeDisabled();
  await person.openAssistant("globex");
  await person.ask("What is the return window?");
  await person.goto(paths.usage("globex"));
  await expect(page.getByRole("group", { name: "Usage by person" })).toContainText("gia@globex.test");
  await expect(page.getByText("gus@globex.test")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("settings and usage are accessible, wide and narrow", async ({ person }, testInfo) => {
      const { page } = person;
      await person.signIn("gus");
      for (const [name, path] of Object.entries({ settings: paths.settings("globex"), usage: paths.usage("globex") })) {
        await person.goto(path);
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await expect(page.getByRole("main").getByRole("heading").nth(1)).toBeVisible();
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, `${name} at ${width}`).toBe(0);
          await page.screenshot({ path: testInfo.outputPath(`${name}-${width}.png`) });
          await expectAccessible(page);
        }
      }
    });
  });
}
