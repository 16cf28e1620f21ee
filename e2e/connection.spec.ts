import { type BreakableNetwork, openBreakableNetwork } from "./breakable-network";
import { expect, test } from "./fixtures";
import { Person } from "./person";

let network: BreakableNetwork;
let person: Person;

test.beforeEach(async ({ page, baseURL }) => {
  network = await openBreakableNetwork(baseURL ?? "");
  person = new Person(page, network.origin);
  await person.signIn("ben");
});

test.afterEach(() => network.close());

const lost = /Connection lost\. Reconnecting/;
const long = { n: 160, rate: 20, stamp: true };
const tokenCount = async () => (await person.streaming.innerText()).match(/@\d+\|/g)?.length ?? 0;

test("a connection that breaks in the middle of an answer is rejoined before anybody notices", async ({ page }) => {
  await person.openScripted("acme", long);
  await person.send("Go on while the router restarts");
  await expect.poll(tokenCount).toBeGreaterThan(10);
  network.cut();
  network.mend();
  await expect.poll(tokenCount).toBe(160);
  await expect(person.questions).toHaveCount(1);
  await expect(page.getByText(lost)).toHaveCount(0);
});

test("a connection that stays away is said to be away, and the answer ends whole without a reload", async ({
  page,
}) => {
  await person.openScripted("acme", long);
  await person.send("Go on while I am in the tunnel");
  await expect.poll(tokenCount).toBeGreaterThan(10);
  network.cut();
  await expect(page.getByText(lost)).toBeVisible();
  network.mend();
  await expect(page.getByText(lost)).toHaveCount(0);
  await expect.poll(tokenCount).toBe(160);
  await expect(person.questions).toHaveCount(1);
});

test("a question that could not be sent is still there when the connection is back", async ({ page }) => {
  await person.openScripted("acme", { n: 5, rate: 0 });
  await person.ask("Begin");
  network.cut();
  await person.send("Lost in the tunnel");
  await expect(page.getByText(lost)).toBeVisible();
  network.mend();
  await expect(page.getByText(lost)).toHaveCount(0);
  await expect(person.questionBox).toHaveValue("Lost in the tunnel");
  await person.questionBox.press("Enter");
  await expect(person.answers).toHaveCount(2);
  await expect(person.questions).toHaveText(["Begin", "Lost in the tunnel"]);
});
