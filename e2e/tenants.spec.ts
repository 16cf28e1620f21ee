import { paths } from "@/lib/paths";
import { markdown } from "./files";
import { expect, test } from "./fixtures";

test("two tenants ask the same at the same time, and each is answered from its own documents", async ({
  person: ben,
  another,
}) => {
  const gia = await another();
  await Promise.all([ben.signIn("ben"), gia.signIn("gia")]);
  const question = "What is the return window?";
  const [acme, globex] = await Promise.all([ben.ask(question), gia.ask(question)]);
  await expect(acme).toContainText("30 days");
  await expect(acme).not.toContainText("90 days");
  await expect(globex).toContainText("90 days");
  await expect(globex).not.toContainText("30 days");
});

test("what one tenant uploads, the other cannot find, list or open", async ({ person: ada, another }) => {
  const gus = await another();
  await Promise.all([ada.signIn("ada"), gus.signIn("gus")]);
  await ada.upload(markdown("Sandpiper codes", "The sandpiper vault opens with the word marzipan."));
  await ada.documentRow("Sandpiper codes").getByRole("link").click();
  await expect(ada.document).toContainText("marzipan");
  const id = new URL(ada.page.url()).searchParams.get("doc") ?? "";

  await expect(await gus.ask("Which word opens the sandpiper vault?")).not.toContainText("marzipan");
  await gus.openAssistant("globex", { doc: id });
  await expect(gus.page.getByRole("heading", { name: "This document does not exist" })).toBeVisible();
  await gus.openAssistant("globex", { doc: "doc_00000000000000000000000000" });
  await expect(gus.page.getByRole("heading", { name: "This document does not exist" })).toBeVisible();
});

test("another tenant's pages and conversations are not there", async ({ person: ben, another }) => {
  const gus = await another();
  await Promise.all([ben.signIn("ben"), gus.signIn("gus")]);
  await ben.ask("How long is the warranty?");
  const thread = await ben.threadId();

  const page = await gus.page.goto(paths.assistant("acme", { thread }));
  expect(page?.status()).toBe(404);
  await expect(gus.page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  await expect(gus.page.getByText("Acme")).toHaveCount(0);
  await gus.openAssistant("globex", { thread });
  await expect(gus.page.getByText("This conversation does not exist, or you cannot see it.")).toBeVisible();
});

test("a member of two tenants switches, and nothing comes along", async ({ person }) => {
  const { page } = person;
  await person.signIn("olivia");
  await page.getByRole("link", { name: /Acme Robotics/ }).click();
  await expect(await person.ask("What is the return window?")).toContainText("30 days");
  await page.getByRole("button", { name: /Switch workspace/ }).click();
  await page.getByRole("menuitemradio", { name: /Globex/ }).click();
  await expect(page).toHaveURL("/globex/assistant");
  await expect(person.questions).toHaveCount(0);
  await expect(await person.ask("What is the return window?")).toContainText("90 days");
});

test("an admin reads a colleague's conversation and cannot write in it", async ({ person: ben, another }) => {
  const ada = await another();
  await Promise.all([ben.signIn("ben"), ada.signIn("ada")]);
  const question = "How often is the grease of the AR-12 changed, asked by Ben?";
  await ben.ask(question);
  await ben.showConversations();
  await expect(ben.page.getByRole("tab", { name: /^Everyone/ })).toHaveCount(0);

  await ada.showConversations();
  await ada.page.getByRole("tab", { name: "Everyone at Acme Robotics" }).click();
  await ada.conversation("How often is the grease of the AR-12 changed, asked by Ben").click();
  await expect(ada.questions).toHaveText(question);
  await expect(ada.answers.first()).toBeVisible();
  await expect(ada.page.getByText("Another member's conversation.", { exact: false })).toBeVisible();
  await expect(ada.questionBox).toHaveCount(0);
});
