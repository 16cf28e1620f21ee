import type { Locator, Page } from "@playwright/test";
import { paths } from "@/lib/paths";
import { expectAccessible } from "./accessible";
import { countDrawings } from "./count-drawings";
import { expect, test } from "./fixtures";
import { call, signIn } from "./isolation/victim";
import { type UploadedFile, users } from "./person";
import { talkingStream } from "./talking-stream";

// Orders of this file's own, so that no journey depends on what another did to the demo's.
const files = {
  "products.csv":
    "sku,name,units_in_stock,unit_price,discontinued\nE2E-ARM,Test arm,50,100.00,0\nE2E-CABLE,Test cable,1,10.00,0\nE2E-BAD,Broken,many,1,0\n",
  "customers.csv":
    'customer_id,name,email,address,payment_methods\nE2E-C1,Journey Ltd,journey@example.test,"1 Main Street, Springfield",card_visa\nE2E-C2,Declined Ltd,declined@example.test,"2 Main Street, Springfield",card_declined card_visa\n',
  "orders.csv":
    "order_id,customer_id,order_date,required_date\nE2E-1,E2E-C1,2026-11-01,2026-11-02\nE2E-2,E2E-C2,2026-11-01,2026-11-02\nE2E-3,E2E-C1,2026-11-01,2026-11-02\nE2E-4,E2E-C1,2026-11-01,2026-11-02\nE2E-5,E2E-C1,2026-11-01,2026-11-02\n",
  "order_lines.csv":
    "order_id,sku,qty,unit_price\nE2E-1,E2E-ARM,2,100.00\nE2E-2,E2E-ARM,1,100.00\nE2E-2,E2E-CABLE,4,10.00\nE2E-3,E2E-ARM,1,100.00\nE2E-4,E2E-ARM,1,100.00\nE2E-5,E2E-ARM,1,100.00\n",
};

// An order passes a dozen steps, each with its own checkpoint and its own call to a system outside.
test.describe.configure({ timeout: 300_000 });

test.beforeAll(async ({ baseURL }) => {
  const token = await signIn(baseURL ?? "", users.ada.email);
  const request = { verb: "POST", path: paths.orderImport("acme"), body: { files } };
  const { status, text } = await call(baseURL ?? "", request, token);
  expect(status, text).toBe(200);
});

const step = (page: Page, id: string): Locator => page.locator(`[data-step=${id}]`);
/** Steps that were not yet taken are waited for: there are up to a dozen, of two processes. */
const stateOf = (page: Page, id: string, state: string) =>
  expect(step(page, id)).toHaveAttribute("data-state", state, { timeout: 60_000 });
const order = (page: Page, id: string) => page.getByRole("article", { name: `Order ${id}` });

test("an order goes through under a live stepper, and the letter goes out as a person edited it", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("ben");
  await person.goto(paths.orders("acme", { order: "E2E-1" }));
  await order(page, "E2E-1").getByRole("button", { name: "Fulfil order" }).click();
  await stateOf(page, "NOTIFY_CUSTOMER", "waiting");
  for (const done of ["INTAKE_ORDER", "CHECK_INVENTORY", "RESERVE_STOCK", "PAYMENT_AUTH", "CREATE_SHIPMENT"])
    await stateOf(page, done, "done");
  // By keyboard, and said in words.
  await expect(step(page, "PAYMENT_AUTH")).toContainText("done");
  const details = page.getByRole("button", { name: "Details of Payment" });
  await details.focus();
  await page.keyboard.press("Enter");
  await expect(details).toHaveAttribute("aria-expanded", "true");
  await expect(step(page, "PAYMENT_AUTH")).toContainText("payment: authorize");

  await page.reload();
  await page
    .getByLabel("Letter", { exact: true })
    .fill("Dear Journey, your arms are on their way. We added a sticker.");
  const changes = page.getByRole("region", { name: "Your changes" });
  await expect(changes.getByRole("insertion")).toContainText("We added a sticker.");
  await expect(changes.getByRole("deletion")).not.toHaveText("");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send edited letter" }).click();
  await stateOf(page, "FINALIZE_ORDER", "done");
  await expect(order(page, "E2E-1").getByText("Fulfilled", { exact: true })).toBeVisible();
  // What was changed is kept beside what the agent had written.
  await person.goto(paths.approvals("acme", { show: "closed" }));
  await page.getByRole("link", { name: /customer of E2E-1/ }).click();
  await expect(page.getByRole("region", { name: "Decision" })).toContainText("We added a sticker.");
  await expect(page.getByRole("region", { name: "Decision" })).toContainText(users.ben.email);
});

test("asked in the chat: missing goods are adjusted in its card, a declined card is replaced on the page", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("ben");
  await person.goto(paths.orders("acme", { order: "E2E-2" }));
  await page.getByTestId("copilot-chat-toggle").click();
  await person.ask("fulfil E2E-2");
  const card = page.getByRole("region", { name: "Decision about E2E-2" });
  await card
    .getByLabel(/Test cable/)
    .first()
    .selectOption({ label: "Change the quantity" });
  await card.getByLabel("New quantity of Test cable").fill("1");
  await expect(card.getByRole("region", { name: "Your changes" })).toContainText("adjust");
  await card.getByRole("button", { name: "Continue with this" }).click();
  await expect(card).toContainText(`Decided by ${users.ben.email}`);
  await stateOf(page, "HUMAN_REVIEW_PAYMENT", "waiting");
  await expect(step(page, "PAYMENT_AUTH")).toContainText("insufficient funds");
  await order(page, "E2E-2").getByRole("button", { name: "Pay by card visa" }).click();
  await order(page, "E2E-2").getByRole("button", { name: "Send nothing" }).click();
  await stateOf(page, "FINALIZE_ORDER", "done");
  await expect(await person.ask("Where is the shipment of E2E-2?")).toContainText("booked");
  await expect(page.getByRole("region", { name: "Booked" })).toBeVisible();
  await person.ask("Do you have products like Test arm?");
  await expect(page.getByRole("region", { name: /^Products for/ })).toContainText("E2E-ARM");
});

test("above the amount that an admin has set, the one who asked may not decide; a second person does, in the inbox on a phone", async ({
  person: ben,
  another,
}) => {
  const ada = await another({ viewport: { width: 390, height: 844 } });
  await ada.signIn("ada");
  await ada.goto(paths.settings("acme"));
  const rules = ada.page.getByRole("form", { name: "Orders" });
  const fourEyes = rules.getByRole("textbox", { name: /^A second person decides from/ });
  await fourEyes.fill("50");
  await rules.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByText("Orders: saved")).toBeVisible();

  await ben.signIn("ben");
  await ben.goto(paths.orders("acme", { order: "E2E-3" }));
  await order(ben.page, "E2E-3").getByRole("button", { name: "Fulfil order" }).click();
  await stateOf(ben.page, "NOTIFY_CUSTOMER", "waiting");
  await expect(step(ben.page, "NOTIFY_CUSTOMER")).toContainText("Somebody else has to decide this");
  await expect(ben.page.getByRole("button", { name: "Send letter" })).toHaveCount(0);
  // Orders that begin from now on are anybody's again.
  await ada.page.reload();
  await fourEyes.fill("");
  await rules.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByText("Orders: saved")).toBeVisible();

  await ada.goto(paths.approvals("acme"));
  await ada.page.getByRole("link", { name: /customer of E2E-3/ }).click();
  await ada.page.getByRole("button", { name: "Send letter" }).click();
  await expect(ada.page.getByText("Your decision was taken")).toBeVisible();
  await stateOf(ben.page, "FINALIZE_ORDER", "done");
  await ben.page.getByRole("button", { name: "Details of Notify customer" }).click();
  await expect(step(ben.page, "NOTIFY_CUSTOMER")).toContainText(`Decided by ${users.ada.email}`);
});

test("the stepper is drawn when the state changes, and not for the words of the same run", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await person.goto(paths.orders("acme", { order: "E2E-5" }));
  await order(page, "E2E-5").getByRole("button", { name: "Fulfil order" }).click();
  await stateOf(page, "NOTIFY_CUSTOMER", "waiting");
  // The order's own state, then a run of many words and one change.
  const events = await page.request.get(paths.orderEvents("acme", "E2E-5"));
  const snapshot = (await events.text()).split("\n").find((line) => line.includes('"STATE_SNAPSHOT"')) ?? "";
  const talking = await talkingStream(snapshot.slice("data: ".length), "The run went on.");
  await page.route(`**${paths.orderEvents("acme", "E2E-5")}`, (route) => route.continue({ url: talking.url }));
  await page.reload();
  await stateOf(page, "NOTIFY_CUSTOMER", "waiting");
  const drawn = await countDrawings(page.getByRole("list", { name: "Steps" }));
  talking.goOn();
  await expect(step(page, "NOTIFY_CUSTOMER")).toContainText("The run went on.");
  expect(await drawn()).toBeGreaterThan(0);
  // The queue is asked for now and then, which draws the page too.
  expect(await drawn()).toBeLessThan(talking.words / 4);
  await talking.close();
});

test("an admin brings orders in by the page and hears which rows were refused; a batch has a report", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("ada");
  await person.goto(paths.orders("acme"));
  await page.getByRole("button", { name: "Import orders" }).click();
  const uploads: UploadedFile[] = Object.entries(files).map(([name, text]) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  }));
  await page.getByLabel(/^CSV files/).setInputFiles(uploads);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("list", { name: "Refused rows" })).toContainText("products.csv:4 units_in_stock");
  await expect(page.getByRole("dialog")).toContainText("5 orders were known");
  await page.keyboard.press("Escape");

  await page.getByLabel("Search orders").fill("E2E-4");
  await page.getByRole("button", { name: "Fulfil 1 new" }).click();
  await expect(page.getByText("1 of 1 worked through, 1 need a decision")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("link", { name: "Report" }).click();
  await expect(page.getByText("1 of 1 orders worked through.")).toBeVisible();
  await expect(page.getByRole("row", { name: /E2E-4/ })).toContainText("1 of 1");
  await expectAccessible(page);
});
