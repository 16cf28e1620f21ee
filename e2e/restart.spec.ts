import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { paths } from "@/lib/paths";
import { freeBasePort } from "@/scripts/launch/ports";
import { type Flightdeck, makeHome, postgresPid, startFlightdeck } from "@/test/flightdeck";
import { expect, test } from "./fixtures";
import { Person } from "./person";

// An app of its own, because it is killed.
let home: string;
let port: number;
let app: Flightdeck;

const start = () => startFlightdeck({ home, port, env: { FLIGHTDECK_SCRIPTED: "1" } });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  home = makeHome();
  port = await freeBasePort(23_000);
  app = await start();
});

test.afterAll(async () => {
  await app?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** kill -9 of every process at once, Postgres included. */
async function killEverything(): Promise<void> {
  const pids = [app.outer.pid, app.supervisor.pid, ...app.children.map(({ pid }) => pid), await postgresPid(home)];
  execFileSync("kill", ["-9", ...pids.map(String)]);
  await app.exited;
}

test("after kill -9 of everything in the middle of an answer the thread is as it was, and goes on", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const person = new Person(page, app.url);
  await person.signIn("ben");
  const answer = await person.ask("What is the return window?");
  const text = await answer.innerText();
  const conversation = page.url();

  await person.openScripted("acme", { n: 2_000, rate: 20 });
  await person.send("Count as far as you get");
  await expect.poll(async () => (await person.streaming.innerText()).length).toBeGreaterThan(200);
  const seen = await person.streaming.innerText();
  await killEverything();
  app = await start();

  // The page was open all the time and joins again by itself.
  await expect(person.notice.filter({ hasText: "The answer was interrupted." })).toBeVisible({ timeout: 60_000 });
  const kept = await person.streaming.innerText();
  expect(kept.slice(0, seen.length - 20)).toBe(seen.slice(0, -20));
  await page.reload();
  await expect(person.notice.filter({ hasText: "The answer was interrupted." })).toBeVisible();
  await expect(person.streaming).toHaveText(kept, { useInnerText: true });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(person.stopButton).toBeVisible();
  await person.stopButton.click();
  await expect(person.notice.filter({ hasText: "Stopped by you." })).toBeVisible();

  await page.goto(conversation);
  await expect(person.answers).toHaveText([text], { useInnerText: true });
  await person.answers
    .getByRole("link", { name: /^Source 1/ })
    .first()
    .click();
  await expect(person.passage.first()).toBeInViewport();
});

test("an answer survives a server that is stopped in good order, with no reload", async ({ page }) => {
  test.setTimeout(300_000);
  const person = new Person(page, app.url);
  await person.signIn("gia");
  await person.openScripted("globex", { n: 2_000, rate: 20 });
  await person.send("Count as far as you get");
  await expect.poll(async () => (await person.streaming.innerText()).length).toBeGreaterThan(100);
  expect(await app.stop()).toBe(0);
  app = await start();
  await expect(person.notice.filter({ hasText: "The answer was interrupted." })).toBeVisible({ timeout: 60_000 });
  await expect(person.questions).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
});

test("an order that waits for a decision waits through kill -9 of everything, and goes on from there", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const person = new Person(page, app.url);
  await person.signIn("ben");
  await person.goto(paths.orders("acme", { order: "ORD-1031" }));
  await page.getByRole("button", { name: "Fulfil order" }).click();
  const letter = page.locator("[data-step=NOTIFY_CUSTOMER]");
  await expect(
    letter.or(page.locator("[data-step=HUMAN_REVIEW]")).and(page.locator("[data-state=waiting]")),
  ).toBeVisible({ timeout: 60_000 });
  const asked = await page.locator("[data-state=waiting]").getAttribute("data-step");
  await killEverything();
  app = await start();
  await page.reload();
  await expect(page.locator("[data-state=waiting]")).toHaveAttribute("data-step", asked ?? "");
  await page.getByRole("button", { name: "Cancel order…" }).click();
  await page.getByLabel("Reason for cancelling").fill("The house burned down.");
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByRole("article").getByText("Cancelled", { exact: true })).toBeVisible({ timeout: 60_000 });
});
