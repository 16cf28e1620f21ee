import { rmSync } from "node:fs";
import { LLMock } from "@copilotkit/aimock";
import { paths } from "@/lib/paths";
import { freeBasePort } from "@/scripts/launch/ports";
import { type Flightdeck, makeHome, startFlightdeck } from "@/test/flightdeck";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { call, signIn } from "./isolation/victim";
import { Person, users } from "./person";

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

const order = {
  "products.csv": "sku,name,units_in_stock,unit_price,discontinued\nWORDS-ARM,Test arm,50,595.00,0\n",
  "customers.csv":
    'customer_id,name,email,address,payment_methods\nWORDS-C1,Jane Doe,jane@example.test,"1 Main Street, Springfield",card_visa\n',
  "orders.csv": "order_id,customer_id,order_date,required_date\nWORDS-1,WORDS-C1,2026-11-01,2026-11-02\n",
  "order_lines.csv": "order_id,sku,qty,unit_price\nWORDS-1,WORDS-ARM,2,595.00\n",
};

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

test("the model puts a letter into other words: they are read, taken back, refused when a fact was changed, and sent", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const request = { verb: "POST", path: paths.orderImport("acme"), body: { files: order } };
  const imported = await call(app.url, request, await signIn(app.url, users.ada.email));
  expect(imported.status, imported.text).toBe(200);
  const person = new Person(page, app.url);
  await person.signIn("ben");
  await person.goto(paths.orders("acme", { order: "WORDS-1" }));
  await page.getByRole("button", { name: "Fulfil order" }).click();
  const letter = page.getByLabel("Letter", { exact: true });
  await expect(letter).toBeVisible({ timeout: 60_000 });
  const drafted = await letter.inputValue();
  expect(drafted).toContain("1,190.00 EUR");

  const wish = page.getByLabel("How the letter should read");
  first.on({ userMessage: /cheaper/ }, { content: drafted.replace("1,190.00", "990.00") });
  await wish.fill("Make it cheaper");
  await wish.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "1,190.00" })).toContainText("Your letter is as it was");
  await expect(letter).toHaveValue(drafted);

  const friendly = drafted.replace("Dear Jane Doe", "Hello Jane Doe, good news");
  first.on({ userMessage: /friendlier/ }, { content: friendly });
  await wish.fill("friendlier");
  await page.getByRole("button", { name: "Put it into other words" }).click();
  await expect(letter).toHaveValue(friendly);
  await expect(page.getByRole("region", { name: "Other words" })).toContainText("gpt-5-mini wrote this.");
  await expect(page.getByRole("region", { name: "Your changes" })).toContainText("good news");
  await expectAccessible(page);
  await page.getByRole("button", { name: "As it was" }).click();
  await expect(letter).toHaveValue(drafted);
  await page.getByRole("button", { name: "Put it into other words" }).click();
  await expect(letter).toHaveValue(friendly);
  await page.getByRole("button", { name: "Send edited letter" }).click();
  await expect(page.locator("[data-step=FINALIZE_ORDER]")).toHaveAttribute("data-state", "done", { timeout: 60_000 });
});
