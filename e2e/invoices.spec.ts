import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { paths } from "@/lib/paths";
import { manyBooks, overpaidBooks, smallBooks } from "./books";
import { countDrawings } from "./count-drawings";
import { expect, test } from "./fixtures";
import type { Person, UploadedFile } from "./person";

/** The page of the invoices, as somebody sees it. */
class InvoicesPage {
  readonly table: Locator;
  readonly pane: Locator;
  readonly decide: Locator;

  constructor(readonly person: Person) {
    const { page } = person;
    this.table = page.getByRole("table", { name: "Invoices" });
    this.pane = page.getByRole("complementary", { name: "Details" });
    this.decide = page.getByRole("button", { name: "Decide" });
  }

  row(invoice: string): Locator {
    return this.table.getByRole("row").filter({ has: this.person.page.getByRole("button", { name: invoice }) });
  }

  async open(invoice: string): Promise<void> {
    await this.row(invoice).getByRole("button", { name: invoice }).click();
    await expect(this.pane.getByRole("heading", { name: invoice })).toBeVisible();
  }

  async upload(files: UploadedFile[]): Promise<void> {
    const { page } = this.person;
    await page.getByRole("button", { name: "Upload", exact: true }).first().click();
    const dialog = page.getByRole("dialog", { name: "Upload a set of books" });
    await dialog.getByLabel("Files of the set").setInputFiles(files);
    await dialog.getByRole("button", { name: "Upload", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    // Until the new set came the one before it is shown, and its buttons are about that one.
    await expect(page.getByRole("button", { name: `Set of books: ${titleOf(files)}` })).toBeVisible();
  }

  /** Starts the reconciliation and waits for its question. */
  async reconcile(): Promise<void> {
    await this.person.page.getByRole("button", { name: "Reconcile", exact: true }).click();
    await expect(this.decide).toBeVisible({ timeout: 60_000 });
  }
}

/** A set is named as its file of invoices. */
function titleOf(files: UploadedFile[]): string {
  return files[1]?.name.replace(/\.csv$/, "") ?? "";
}

async function invoicesOf(person: Person, tenant: string): Promise<InvoicesPage> {
  await person.goto(paths.invoices(tenant));
  await expect(person.page.getByRole("heading", { name: "Invoices", level: 1 })).toBeVisible();
  return new InvoicesPage(person);
}

test("the books of the demo are reconciled to the end: looked at, marked, taken back, and closed by a second person", async ({
  person,
  another,
}) => {
  const { page } = person;
  await person.signIn("ada");
  const invoices = await invoicesOf(person, "acme");
  await invoices.reconcile();

  await page
    .getByRole("region", { name: "Totals by status" })
    .getByRole("button", { name: /^Matched/ })
    .click();
  const first = invoices.table.getByRole("row").nth(1);
  await expect(first).toContainText("Matched");
  await first.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Mark reconciled" }).click();
  await expect(page.getByText("One invoice marked as reconciled.")).toBeVisible();
  await person.holdUndo();
  await expect(first.getByRole("img", { name: "reconciled" })).toBeVisible();
  await person.undo();
  await expect(first.getByRole("img", { name: "reconciled" })).toHaveCount(0);

  const ben = await another();
  await ben.signIn("ben");
  await ben.goto(paths.approvals("acme"));
  await ben.page.getByRole("link", { name: /^Reconciliation: / }).click();
  await ben.page.getByRole("checkbox", { name: /^Close the set/ }).check();
  await ben.page.getByRole("button", { name: /^Mark \d+ invoices reconciled and close the set$/ }).click();
  await expect(ben.page.getByText("Your decision was taken", { exact: false })).toBeVisible();

  await expect(invoices.decide).toHaveCount(0);
  await expect(first.getByRole("img", { name: "reconciled" })).toBeVisible();
  await first.locator("[data-row-control]").click();
  await expect(invoices.pane).toContainText("Reconciled by ben@acme.test");
});

test("own files are uploaded: what cannot be read is named, the rest is reconciled, and one invoice is marked by asking", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gus");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(smallBooks("a"));
  const refused = page.getByRole("region", { name: "Refused rows" }).getByRole("row").nth(1);
  await expect(refused).toContainText("Invoices");
  await expect(refused.getByRole("cell", { name: "4", exact: true })).toBeVisible();
  await expect(refused).toContainText("total");
  await expect(refused).toContainText("12x.00");

  await page.getByRole("button", { name: /^Invoices 2/ }).click();
  await invoices.reconcile();
  await expect(invoices.row("HG-a1")).toContainText("Matched");
  await expect(invoices.row("HG-a2")).toContainText("Unpaid");

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const exported = readFileSync(await (await downloading).path(), "utf8");
  const places = exported.split("\r\n").map((line) => line.split(",").slice(0, 2).join(" "));
  expect(places.slice(1, -1)).toEqual(["invoice 2", "invoice 3", "transaction 2", "transaction 3", "invoice 4"]);

  await page.getByTestId("copilot-chat-toggle").click();
  await person.ask("Please mark HG-a1 as reconciled");
  await expect(page.getByRole("region", { name: "HG-a1 is marked as reconciled" })).toContainText("Heron Glass");
  await expect(invoices.row("HG-a1").getByRole("img", { name: "reconciled" })).toBeVisible();
  await person.ask("Mark HG-a2 as reconciled");
  await expect(page.getByRole("region", { name: "HG-a2 was not marked" })).toContainText("unpaid");

  // The question that is left is answered in its card: the set is closed from the conversation.
  const card = page.getByRole("complementary", { name: /chat/ }).getByRole("region", { name: "Decision" });
  await card.getByRole("button", { name: "Decide here" }).click();
  await card.getByRole("checkbox", { name: /^Close the set/ }).check();
  await card.getByRole("button", { name: "Close the set" }).click();
  await expect(invoices.decide).toHaveCount(0);
  await expect(card).toHaveCount(0);
});

test("a match is made by hand, and undone", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(smallBooks("b"));
  await page.getByRole("button", { name: /^Invoices 2/ }).click();
  await invoices.reconcile();
  await invoices.open("HG-b2");
  await expect(invoices.pane).toContainText("Nothing was paid for this invoice.");
  await page.keyboard.press("e");
  await invoices.pane.getByRole("searchbox", { name: "Find a payment to add" }).fill("TX-b2");
  await invoices.pane.getByRole("button", { name: "Add payment TX-b2" }).click();
  await invoices.pane.getByRole("button", { name: "Save match" }).click();
  await person.holdUndo();
  await expect(invoices.row("HG-b2")).not.toContainText("Unpaid");
  await expect(invoices.pane).toContainText("Paid 119.00 EUR, as billed.");
  await person.undo();
  await expect(invoices.row("HG-b2")).toContainText("Unpaid");
});

test("a letter is changed and sent, and its invoice is one click away", async ({ person }) => {
  const { page } = person;
  await person.signIn("gia");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(overpaidBooks("c"));
  await page.getByRole("button", { name: /^Invoices 2/ }).click();
  await invoices.reconcile();
  await page.getByRole("button", { name: /^Letters/ }).click();
  await page
    .getByRole("list", { name: "Letters" })
    .getByRole("button", { name: /Heron Glass/ })
    .click();
  const letter = page.getByRole("article", { name: "Letter to Heron Glass" });
  await letter.getByRole("textbox", { name: "To" }).fill("office@heron.test");
  await letter.getByRole("textbox", { name: "Subject" }).fill("Our payment of March");
  await letter.getByRole("button", { name: "Save and send" }).click();
  await expect(letter.getByText("Sent", { exact: true })).toBeVisible();
  await letter.getByRole("button", { name: "HG-c2" }).click();
  await expect(invoices.pane.getByRole("heading", { name: "HG-c2" })).toBeVisible();
});

test("thousands of invoices are walked and chosen by keyboard, and the table says where one is, though few rows are drawn", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gia");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(manyBooks(5_000));
  await page.getByRole("button", { name: /^Invoices [45],\d{3}$/ }).click();
  await expect(invoices.table).toHaveAttribute("aria-rowcount", /^[45]\d{3}$/);
  const length = Number(await invoices.table.getAttribute("aria-rowcount"));
  const rowAt = (index: number) => invoices.table.locator(`tr[aria-rowindex="${index}"]`);
  const expectAt = (index: number) => expect(rowAt(index).locator("[data-row-control]")).toBeFocused();
  await rowAt(2).locator("[data-row-control]").focus();
  await page.keyboard.press("ArrowDown");
  await expectAt(3);
  await page.keyboard.press("End");
  await expectAt(length);
  expect(await invoices.table.getByRole("row").count()).toBeLessThan(100);
  await page.keyboard.press("Home");
  await expectAt(2);
  await page.keyboard.press("x");
  await expect(rowAt(2).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByRole("region", { name: "Chosen invoices" }).getByRole("status")).toHaveText("2 chosen");
});

test("while thousands of invoices are matched the page is worked with; the matching is stopped, left alone, and resumed to its question", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gus");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(manyBooks(5_000, true));
  await page.getByRole("button", { name: /^Invoices [45],\d{3}$/ }).click();
  const line = page.getByRole("region", { name: "Reconciliation" });
  const step = line.locator('[data-step="match_invoices"]');
  const counted = line.getByText(/^[\d,]+ of [\d,]+ transactions/);
  await page.getByRole("button", { name: "Reconcile", exact: true }).click();
  await expect(line.getByRole("progressbar", { name: "Match" })).toBeVisible({ timeout: 60_000 });

  // A row stays as it is while the numbers above it change.
  const first = invoices.table.getByRole("row").nth(1);
  await first.locator("[data-row-control]").click();
  await expect(invoices.pane.getByRole("heading", { level: 2 })).toBeVisible();
  const drawn = await countDrawings(first);
  const read = (await counted.textContent()) ?? "";
  await expect(counted).not.toHaveText(read);
  expect(await drawn()).toBeLessThan(3);

  await line.getByRole("button", { name: "Stop", exact: true }).click();
  const resume = line.getByRole("button", { name: "Resume" });
  await expect(resume).toBeVisible();
  await expect(step).toHaveText(/Match\s*stopped/);
  await page.reload();
  await expect(step).toHaveText(/Match\s*stopped/);
  await resume.click();
  await expect(invoices.decide).toBeVisible({ timeout: 90_000 });
  await expect(step).toHaveText(/Match\s*done/);
});

test("by keyboard alone: a row is opened and closed, all that is listed is chosen, let go, chosen again and marked", async ({
  person,
}) => {
  const { page } = person;
  await person.signIn("gia");
  const invoices = await invoicesOf(person, "globex");
  await invoices.upload(smallBooks("k"));
  await page.getByRole("button", { name: /^Invoices 2/ }).click();
  await invoices.reconcile();
  await invoices.row("HG-k1").locator("[data-row-control]").focus();
  await page.keyboard.press("Enter");
  await expect(invoices.pane.getByRole("heading", { name: "HG-k1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(invoices.pane.getByRole("heading", { name: "HG-k1" })).toHaveCount(0);

  const chosen = page.getByRole("region", { name: "Chosen invoices" });
  const all = invoices.table.getByRole("checkbox", { name: "Select all invoices that are listed" });
  await all.focus();
  await page.keyboard.press("Space");
  await expect(chosen.getByRole("status")).toHaveText("2 chosen");
  await page.keyboard.press("Escape");
  await expect(chosen).toHaveCount(0);
  await expect(all).not.toBeChecked();
  await page.keyboard.press("Space");
  await expect(chosen.getByRole("status")).toHaveText("2 chosen");
  await page.keyboard.press("a");
  await expect(
    page.getByText("One invoice marked as reconciled. One invoice left out", { exact: false }),
  ).toBeVisible();
  await expect(invoices.row("HG-k1").getByRole("img", { name: "reconciled" })).toBeVisible();
  await expect(invoices.row("HG-k2").getByRole("img", { name: "reconciled" })).toHaveCount(0);
  await expect(chosen).toHaveCount(0);
});
