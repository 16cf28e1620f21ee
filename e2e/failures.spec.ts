import { failureActions } from "@/components/chat/failure-actions";
import { failureInPast, failureTitle } from "@/components/chat/failure-words";
import { findScenario, type Scenario } from "@/lib/failures/scenarios/scenario";
import { type ShownScenario, shownScenarios } from "@/lib/failures/scenarios/shown-scenarios";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import type { Person } from "./person";

// Every failure of the break-it panel, in the app as it is, seen by the administrator who tries it.

const QUESTION = "What is the return window?";
/** What the providers of the scenarios say, of which nobody may see a word. */
const RAW =
  /Rate limit reached|exceeded your current quota|maximum context length|server had an error|Incorrect API key/;
const BUTTONS = {
  retry: /^Try again/,
  edit: "Edit the question",
  shorten: "Shorten the question",
  continue: "Continue",
  new_conversation: "New conversation",
  copy_details: "Copy details",
};

const shown = shownScenarios.map((one) => ({ ...one, scenario: findScenario(one.name) as Scenario }));
const named = (name: string) => shown.find((one) => one.name === name) as (typeof shown)[number];
// A limit that another journey set may be told beside it.
const notice = ({ page }: Person) => page.getByTestId("notice").filter({ hasNotText: "Your organisation has used" });
const receipt = ({ page }: Person) => page.getByTestId("recovery-receipt");

async function breakIt(person: Person, { title }: ShownScenario): Promise<void> {
  const { page } = person;
  // The header's, and not the one that a notice may offer.
  await page.getByTestId("copilot-modal-header").getByRole("button", { name: "New conversation" }).click();
  await expect(person.questions).toHaveCount(0);
  await page.getByRole("button", { name: "Break it" }).click();
  await page.getByRole("button", { name: `Try: ${title}`, exact: true }).click();
}

const SIZES = [
  [1440, 900],
  [390, 844],
] as const;

async function expectAllAccessible({ page }: Person): Promise<void> {
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await expectAccessible(page);
}

/** That an answer could not be had, why, and each thing that can be done about it. The question still stands. */
async function expectNotice(person: Person, { class: name }: Scenario): Promise<void> {
  await expect(notice(person)).toContainText(failureTitle[name]);
  await expect(person.questions).toHaveText([QUESTION]);
  for (const action of failureActions(name))
    await expect(notice(person).getByRole("button", { name: BUTTONS[action] })).toBeVisible();
  await expect(person.page.locator("body")).not.toContainText(RAW);
  await expect(person.stopButton).toHaveCount(0);
}

async function expectReceipt(person: Person, { class: name, course }: Scenario): Promise<void> {
  await expect(receipt(person)).toContainText(
    course === "second" ? "Recovered, answered by Offline model (second)" : "Recovered",
  );
  await receipt(person)
    .getByRole("button", { name: /^Recovered/ })
    .click();
  await expect(receipt(person).getByRole("listitem").first()).toContainText(failureInPast[name]);
  await expect(person.answers).toHaveCount(1);
  await expect(person.answers).toContainText("90 days");
}

const fails = ({ class: name, course }: Scenario) =>
  course === "always" || name === "content_filter" || name === "invalid_request";

/** What some of them offer besides, tried out where they are met. */
const tries: Record<string, (person: Person) => Promise<void>> = {
  "rate_limit.always": async (person) =>
    expect(notice(person).getByRole("button", { name: /^Try again in/ })).toBeDisabled(),
  "provider_outage.always": async (person) => {
    await notice(person).getByRole("button", { name: "Try again" }).click();
    await expect(person.answers).toContainText("90 days");
    // It is history now: nothing is left to do about it.
    await expect(notice(person).getByRole("button")).toHaveCount(0);
  },
  invalid_request: async (person) => {
    const { page } = person;
    await page.reload();
    await expect(notice(person)).toContainText(failureTitle.invalid_request);
    await notice(person).getByRole("button", { name: "Copy details" }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/What: invalid_request\n.*Trace: [0-9a-f]{32}\nConversation: thr_/s);
    await notice(person).getByRole("button", { name: "Edit the question" }).click();
    await expect(person.questionBox).toBeFocused();
    await expect(person.questionBox).toHaveValue(QUESTION);
    await person.questionBox.press("Enter");
    await expect(person.answers).toContainText("90 days");
    await expect(notice(person).getByRole("button")).toHaveCount(0);
  },
};

test.describe("an administrator breaks it", () => {
  // Some thirty answers, each of which fails at least once.
  test.setTimeout(300_000);

  test("and sees each failure that ends an answer, with what can be done, and that works", async ({ person }) => {
    await person.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await person.signIn("gus");
    for (const one of shown.filter(({ scenario }) => fails(scenario))) {
      await test.step(one.title, async () => {
        await breakIt(person, one);
        await expectNotice(person, one.scenario);
        await tries[one.name]?.(person);
      });
    }
  });

  test("and sees each failure that was overcome, with its receipt, wide and narrow, light and dark", async ({
    person,
  }, testInfo) => {
    const { page } = person;
    await person.signIn("gus");
    // The last one has a receipt and a notice.
    const overcome = shown.filter(({ name, scenario }) => !fails(scenario) && name !== "output_truncated");
    for (const one of overcome) {
      await test.step(one.title, async () => {
        await breakIt(person, one);
        if (one.name === "rate_limit")
          await expect(page.getByTestId("recovery-line")).toContainText(/waits in line\..*(\d s|any moment)/);
        await expectReceipt(person, one.scenario);
        if (one.name === "provider_outage.second")
          await expect(page.getByTestId("provider-status")).toContainText("Offline model (second) answers.");
      });
    }
    await page.reload();
    await expect(receipt(person)).toContainText("Recovered");
    await breakIt(person, named("output_truncated"));
    await expectNotice(person, named("output_truncated").scenario);
    for (const [width, height] of SIZES) {
      for (const colorScheme of ["light", "dark"] as const) {
        await test.step(`${width} px, ${colorScheme}`, async () => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height });
          const closed = page.getByTestId("copilot-chat-toggle");
          if (width < 1024 && (await closed.isVisible())) await closed.click();
          await expect(notice(person)).toBeVisible();
          await page.screenshot({ path: testInfo.outputPath(`thread-${width}-${colorScheme}.png`) });
          await expectAllAccessible(person);
        });
      }
      await page.getByRole("button", { name: "Break it" }).click();
      await expect(page.getByRole("list", { name: "Failures" })).toBeVisible();
      await page.screenshot({ path: testInfo.outputPath(`panel-${width}.png`) });
      await expectAllAccessible(person);
      await page.keyboard.press("Escape");
      // It has the focus again and tells its name, outside of every region of the page.
      await page.getByRole("button", { name: "Break it" }).blur();
    }
  });
});

test("a member is not offered to break anything", async ({ person }) => {
  await person.signIn("gia");
  await expect(person.questionBox).toBeVisible();
  await expect(person.page.getByRole("button", { name: "Break it" })).toHaveCount(0);
});
