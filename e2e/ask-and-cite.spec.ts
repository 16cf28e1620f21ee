import { expect, test } from "./fixtures";

test("a search shows as it happens, with the sources it found", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await person.send("When do the docks take returns?");
  const line = page.getByRole("button", { name: /^Searched documents: / });
  await expect(line).toContainText(/\d+ passages/);
  await line.click();
  await expect(page.getByRole("link", { name: /Returns and RMA Policy/ }).first()).toBeVisible();
  await expect(person.answers.first()).toContainText("07:30");
  await expect(person.answers.first().getByRole("list", { name: "Sources" })).toContainText("Returns and RMA Policy");
});

test("a question that the documents do not answer is not answered", async ({ person }) => {
  await person.signIn("ben");
  const answer = await person.ask("Who won the football world cup in 1998?");
  await expect(answer).toContainText("I could not find this in your documents.");
  await expect(answer).toContainText("nearest titles");
  await expect(answer.getByRole("link", { name: /^Source/ })).toHaveCount(0);
  await expect(answer.getByRole("list", { name: "Sources" })).toHaveCount(0);
});

test("an answer can be copied, rated, and both survive a reload", async ({ person }) => {
  const { page } = person;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await person.signIn("ben");
  const answer = await person.ask("When do the docks take returns?");
  await expect(answer).toContainText("07:30");
  await answer.getByRole("button", { name: "Copy answer" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("07:30");
  const stored = page.waitForResponse((response) => response.request().headers()["next-action"] !== undefined);
  await answer.getByRole("button", { name: "Good answer" }).click();
  await stored;
  await page.reload();
  await expect(person.answers.first()).toContainText("07:30");
  await expect(person.answers.first().getByRole("button", { name: "Good answer" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a follow-up leans on the question before it", async ({ person }) => {
  await person.signIn("gus");
  await expect(await person.ask("What is the return window?")).toContainText("90 days");
  const second = await person.ask("and for Trail Club members?");
  await expect(second).toContainText("180 days");
  await expect(person.questions).toHaveCount(2);
});

test("an answer says so when what it cites was changed or deleted since", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  const name = "quokka-enclosure-rules.md";
  const rules = (hours: number) => ({
    name,
    mimeType: "text/markdown",
    buffer: Buffer.from(
      `# Quokka enclosure rules\n\nThe quokka enclosure is cleaned every ${hours} hours by the keeper.\n`,
    ),
  });
  await person.upload(rules(36));
  await expect(person.uploads).toContainText("Stored, 1 passage");
  const answer = await person.ask("How often is the quokka enclosure cleaned?");
  await expect(answer).toContainText("36 hours");

  const chooser = page.waitForEvent("filechooser");
  await person.chooseForDocument("Quokka enclosure rules", /^Replace/);
  await (await chooser).setFiles(rules(48));
  await expect(page.getByText("Replaced “Quokka enclosure rules”", { exact: false })).toBeVisible();
  await answer.getByRole("link", { name: /^Source 1/ }).click();
  await expect(person.document).toContainText("every 48 hours");
  await expect(page.getByText("Changed since the answer", { exact: false })).toBeVisible();

  await page.getByRole("link", { name: "Back to all documents" }).click();
  await person.chooseForDocument("Quokka enclosure rules", "Delete");
  await expect(person.documentRow("Quokka enclosure rules")).toHaveCount(0);
  await answer.getByRole("link", { name: /^Source 1/ }).click();
  await expect(page.getByRole("heading", { name: "Deleted since the answer" })).toBeVisible();
});
