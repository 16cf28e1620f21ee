import { expect, test } from "./fixtures";
import { Person } from "./person";

// Longer than a busy machine takes to open three browsers; each test stops it.
const long = { n: 6_000, rate: 20 };

test("a second tab and a phone join a running answer and see it live; any of them stops it", async ({
  person,
  another,
}) => {
  test.setTimeout(240_000);
  await person.signIn("ben");
  await person.openScripted("acme", long);
  await person.send("Tell me everything");
  await expect(person.stopButton).toBeVisible();
  const thread = await person.threadId();

  const tab = new Person(await person.page.context().newPage());
  await tab.openScripted("acme", long, thread);
  const phone = await another({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.signIn("ben");
  await phone.openScripted("acme", long, thread);
  for (const watcher of [tab, phone]) {
    await expect(watcher.questions).toHaveText("Tell me everything");
    await expect(watcher.stopButton).toBeVisible();
    const seen = (await watcher.streaming.innerText()).length;
    await expect.poll(async () => (await watcher.streaming.innerText()).length).toBeGreaterThan(seen);
  }

  await phone.stopButton.click();
  for (const watcher of [person, tab, phone]) {
    await expect(watcher.notice.filter({ hasText: "Stopped by you." })).toBeVisible();
    await expect(watcher.stopButton).toHaveCount(0);
  }
  // Each draws the last words in its own time.
  const texts = async () =>
    new Set(await Promise.all([person, tab, phone].map(({ streaming }) => streaming.innerText())));
  await expect.poll(async () => (await texts()).size).toBe(1);
  const [text = ""] = await texts();
  await person.page.reload();
  await expect(person.notice.filter({ hasText: "Stopped by you." })).toBeVisible();
  await expect(person.streaming).toHaveText(text, { useInnerText: true });
});

test("ten tabs of one browser show the same answer live, and the tenth still has a connection to stop it", async ({
  person,
}) => {
  // Ten pages that are all on the screen keep two cores busy.
  test.setTimeout(400_000);
  await person.signIn("ben");
  // Slowly: ten pages draw it on one machine, and it is the connections that are tried.
  await person.openScripted("acme", { n: 2_000, rate: 4 });
  await person.send("Tell me everything");
  await expect(person.stopButton).toBeVisible();
  const thread = await person.threadId();
  const tabs = [person];
  while (tabs.length < 10) {
    const tab = new Person(await person.page.context().newPage());
    await tab.openScripted("acme", { n: 1, rate: 1 }, thread);
    await expect(tab.stopButton).toBeVisible();
    tabs.push(tab);
  }
  for (const tab of tabs) {
    const seen = (await tab.streaming.innerText()).length;
    await expect.poll(async () => (await tab.streaming.innerText()).length).toBeGreaterThan(seen);
  }
  await tabs[9]?.stopButton.click();
  for (const tab of tabs) await expect(tab.notice.filter({ hasText: "Stopped by you." })).toBeVisible();
  const texts = await Promise.all(tabs.map(({ streaming }) => streaming.innerText()));
  expect(new Set(texts).size).toBe(1);
});

test("what happens to a conversation on one device shows on the other at once", async ({ person, another }) => {
  const { page } = person;
  await person.signIn("ben");
  await person.ask("When does AcmeLink renew its certificate, sanderling?");
  const thread = await person.threadId();
  const desk = await another();
  await desk.signIn("ben");
  await desk.openAssistant("acme", { thread });
  await expect(desk.answers).toHaveCount(1);

  await desk.ask("And what does an expired one do?");
  await expect(person.questions).toHaveCount(2);
  await expect(person.answers).toHaveCount(2);

  await person.showConversations();
  await desk.showConversations();
  await desk.chooseForConversation("When does AcmeLink renew its certificate, sanderling", "Rename");
  await desk.page.getByRole("textbox", { name: "Title" }).fill("Certificates of AcmeLink");
  await desk.page.getByRole("button", { name: "Rename" }).click();
  await expect(person.conversation("Certificates of AcmeLink")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Certificates of AcmeLink" })).toBeVisible();

  await desk.chooseForConversation("Certificates of AcmeLink", "Delete");
  await expect(page.getByText("This conversation was deleted", { exact: false })).toBeVisible();
});

test("a question to a conversation that answers elsewhere stays in the box", async ({ person, another }) => {
  const desk = await another();
  await person.signIn("ben");
  await desk.signIn("ben");
  // Had the page heard of the other's question, it would have joined the answer and parked its own.
  await person.page.route("**/api/t/*/changes*", (route) => route.abort());
  await person.openScripted("acme", { n: 3, rate: 0 });
  await person.ask("Begin");
  await desk.openScripted("acme", long, await person.threadId());
  await expect(desk.answers).toHaveCount(1);
  await desk.send("A long one");
  await expect(desk.stopButton).toBeVisible();

  await person.send("Me too");
  await expect(person.page.getByText("Your question is back in the box.", { exact: false })).toBeVisible();
  await expect(person.questionBox).toHaveValue("Me too");
  await expect(person.questions).toHaveText(["Begin"]);
  await desk.stopButton.click();
  await expect(desk.notice.filter({ hasText: "Stopped by you." })).toBeVisible();
});

test("questions asked while an answer runs are sent together when it ends", async ({ person }) => {
  await person.signIn("ben");
  await person.openScripted("acme", { n: 200, rate: 20 });
  await person.send("First");
  await expect(person.stopButton).toBeVisible();
  await person.send("Second");
  await person.send("Third");
  await expect(person.page.getByText("Sent when this answer ends: Second / Third")).toBeVisible();
  await expect(person.questions).toHaveText(["First", /^Second\s+Third$/]);
  await expect(person.answers).toHaveCount(2);
});
