import { readFile } from "node:fs/promises";
import { paths } from "@/lib/paths";
import { expect, test } from "./fixtures";

test("a conversation titles itself and is the same after a reload, in another browser, and by its address", async ({
  person,
  another,
}) => {
  const { page } = person;
  await person.signIn("gia");
  const answer = await person.ask("How long is the warranty on a Ridgeline tent?");
  const text = await answer.innerText();
  await expect(page.getByRole("heading", { name: "How long is the warranty on a Ridgeline tent" })).toBeVisible();
  const thread = await person.threadId();

  await page.reload();
  await expect(person.answers).toHaveText([text], { useInnerText: true });
  await expect(page.getByRole("button", { name: /^Searched documents: / })).toBeVisible();

  const elsewhere = await another();
  await elsewhere.signIn("gia");
  await elsewhere.openAssistant("globex", { thread });
  await expect(elsewhere.answers).toHaveText([text], { useInnerText: true });
  await elsewhere.answers
    .getByRole("link", { name: /^Source/ })
    .first()
    .click();
  await expect(elsewhere.passage.first()).toBeInViewport();
});

test("conversations are found by title and by what was said, newest first", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.ask("What does membership in the Trail Club cost, turnstone?");
  await page.getByRole("button", { name: "New conversation" }).click();
  await expect(person.questions).toHaveCount(0);
  await person.ask("How do I clean the ClearStream filter, dunlin?");
  await person.showConversations();
  await expect(person.conversations.first()).toContainText("dunlin");
  const search = page.getByRole("searchbox", { name: "Search conversations" });
  await search.fill("turnstone");
  await expect(person.conversations).toHaveCount(1);
  await expect(person.conversations).toContainText("What does membership in the Trail Club cost");
  await search.fill("pays back");
  await expect(person.conversations).toHaveCount(1);
  await search.fill("zeppelin");
  await expect(page.getByText("Nothing matches “zeppelin”")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await person.conversation("What does membership in the Trail Club cost").click();
  await expect(person.questions).toHaveText(/turnstone/);
});

test("a conversation is renamed, and the name stays", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.ask("Which stove was recalled, plover?");
  await person.showConversations();
  await person.chooseForConversation("Which stove was recalled, plover", "Rename");
  await page.getByRole("textbox", { name: "Title" }).fill("Recall of the Kestrel");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(person.conversation("Recall of the Kestrel")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Recall of the Kestrel" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Recall of the Kestrel" })).toBeVisible();
});

test("an archived conversation leaves the list and comes back", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.ask("How is a down bag stored, whimbrel?");
  const title = "How is a down bag stored, whimbrel";
  await person.showConversations();
  await person.chooseForConversation(title, "Archive");
  await expect(person.conversation(title)).toHaveCount(0);
  await page.getByRole("tab", { name: "Archived" }).click();
  await expect(person.conversation(title)).toBeVisible();
  await person.chooseForConversation(title, "Take out of the archive");
  await expect(person.conversation(title)).toHaveCount(0);
  await page.getByRole("tab", { name: "Yours" }).click();
  await expect(person.conversation(title)).toBeVisible();
});

test("a deleted conversation is gone from its address, and undo brings it back", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.ask("How long does a refund take, redshank?");
  const title = "How long does a refund take, redshank";
  const thread = await person.threadId();
  await person.showConversations();
  await person.chooseForConversation(title, "Delete");
  await expect(person.conversation(title)).toHaveCount(0);
  await expect(page).not.toHaveURL(/thread=/);
  await person.undo();
  await expect(person.conversation(title)).toBeVisible();
  await person.chooseForConversation(title, "Delete");
  await expect(person.conversation(title)).toHaveCount(0);
  await person.openAssistant("globex", { thread });
  await expect(page.getByText("This conversation does not exist, or you cannot see it.")).toBeVisible();
  await page.getByRole("button", { name: "New conversation" }).last().click();
  await expect(person.questionBox).toBeEditable();
});

test("a conversation is exported to read and to process", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.ask("Until when can a rental be cancelled, knot?");
  const thread = await person.threadId();
  const title = "Until when can a rental be cancelled, knot";
  await person.showConversations();
  const exported = async (format: string) => {
    const download = page.waitForEvent("download");
    await person.chooseForConversation(title, format);
    return readFile(await (await download).path(), "utf8");
  };
  const text = await exported("Export as Markdown");
  expect(text).toContain(`# ${title}`);
  expect(text).toMatch(/Sources:\n\n- \[1\] /);
  const { thread: meta, messages } = JSON.parse(await exported("Export as JSON"));
  expect(meta.id).toBe(thread);
  expect(messages[0]).toMatchObject({ role: "user", content: "Until when can a rental be cancelled, knot?" });
});

test("an unsent question survives a reload, in the conversation it belongs to", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  await person.questionBox.fill("Half a ques");
  await page.reload();
  await expect(person.questionBox).toHaveValue("Half a ques");
  await person.ask("Which sizes does the sleep system have, godwit?");
  await person.questionBox.fill("and in");
  await page.goto(paths.assistant("globex"));
  await expect(person.questionBox).toHaveValue("");
});
