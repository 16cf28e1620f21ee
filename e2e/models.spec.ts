import { rmSync } from "node:fs";
import { LLMock } from "@copilotkit/aimock";
import { freeBasePort } from "@/scripts/launch/ports";
import { type Flightdeck, makeHome, startFlightdeck } from "@/test/flightdeck";
import { expect, test } from "./fixtures";
import { Person } from "./person";

// An app of its own, because it has providers: two servers that speak the API of a real one.

let home: string;
let app: Flightdeck;
let first: LLMock;
let second: LLMock;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  first = new LLMock({ port: 0 });
  second = new LLMock({ port: 0 });
  await Promise.all([first.start(), second.start()]);
  home = makeHome();
  app = await startFlightdeck({
    home,
    port: await freeBasePort(23_500),
    env: {
      OPENAI_API_KEY: "test",
      OPENAI_BASE_URL: `${first.url}/v1`,
      OPENAI_MODEL: "gpt-5-mini",
      OPENAI_MODELS: "gpt-5-nano",
      FALLBACK_OPENAI_API_KEY: "test",
      FALLBACK_OPENAI_BASE_URL: `${second.url}/v1`,
      FALLBACK_OPENAI_MODEL: "gpt-4o-mini",
    },
  });
});

test.afterAll(async () => {
  await app?.stop();
  await Promise.all([first?.stop(), second?.stop()]);
  rmSync(home, { recursive: true, force: true });
});

const modelsAsked = (mock: LLMock) => mock.getRequests().map(({ body }) => (body as { model?: string }).model);

test("a person chooses the model that answers, and the second provider answers when the first one fails", async ({
  page,
}) => {
  const person = new Person(page, app.url);
  await person.signIn("ada");
  first.on({ userMessage: /capital/ }, { content: "It is Paris." });
  await expect(await person.ask("What is the capital of France?")).toContainText("It is Paris.");
  const picker = page.getByRole("button", { name: "Model: gpt-5-mini" });
  await picker.click();
  await expect(page.getByRole("menuitemradio", { name: "gpt-5-mini" })).toBeChecked();
  await page.getByRole("menuitemradio", { name: "gpt-5-nano" }).click();
  await expect(page.getByRole("button", { name: "Model: gpt-5-nano" })).toBeFocused();
  await person.ask("And the capital of France once more?");
  expect(modelsAsked(first)).toEqual(["gpt-5-mini", "gpt-5-nano"]);

  // It is remembered, and the meter tells of the model that answered.
  await page.reload();
  await expect(page.getByRole("button", { name: "Model: gpt-5-nano" })).toBeVisible();
  await page.getByTestId("context-meter").click();
  await expect(page.getByRole("dialog", { name: "What fills the model's context" })).toContainText("gpt-5-nano.");
  await page.keyboard.press("Escape");

  first.on(
    { userMessage: /moon/ },
    { status: 429, error: { code: "insufficient_quota", type: "insufficient_quota", message: "No credit at all." } },
  );
  second.on({ userMessage: /moon/ }, { content: "It goes around the earth." });
  await expect(await person.ask("Where does the moon go?")).toContainText("It goes around the earth.");
  await expect(page.getByTestId("recovery-receipt")).toContainText("Recovered, answered by gpt-4o-mini");
  expect(modelsAsked(first).slice(2)).toEqual(["gpt-5-nano"]);
  expect(modelsAsked(second)).toEqual(["gpt-4o-mini"]);
  await expect(page.locator("body")).not.toContainText("No credit at all");
});
