import { makeDocx, makePdf } from "@/lib/knowledge/parsing/made-files";
import { docx, markdown, pdf } from "./files";
import { expect, test } from "./fixtures";
import { setTenantSettings } from "./tenant-settings";

test("what was uploaded a moment ago is found, cited and highlighted", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  await person.upload(
    markdown("Heron kitchen notes", "The heron kitchen roasts its coffee at 214 degrees for eleven minutes."),
  );
  await expect(person.uploads).toContainText("Stored, 1 passage");
  await expect(person.documentRow("Heron kitchen notes")).toBeVisible();
  const answer = await person.ask("At what temperature does the heron kitchen roast its coffee?");
  await expect(answer).toContainText("214 degrees");
  await answer.getByRole("link", { name: "Source 1: Heron kitchen notes" }).click();
  await expect(person.passage).toContainText("214 degrees");
  await expect(page.getByRole("heading", { level: 1, name: "Heron kitchen notes" })).toBeVisible();
});

test("several files go at once, each with its own outcome", async ({ person }) => {
  await person.signIn("ada");
  await person.upload(
    pdf("pelican-lift.pdf", "The pelican lift carries 917 kilograms."),
    docx("magpie-contract.docx", "The magpie contract ends after 26 months."),
    { name: "setup.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\x90\0 not a document") },
    { name: "lying.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html><body>No PDF at all</body></html>") },
    { name: "blank.md", mimeType: "text/markdown", buffer: Buffer.from(" \n\n ") },
  );
  const outcome = (name: string) => person.uploads.filter({ hasText: name });
  await expect(outcome("pelican-lift.pdf")).toContainText("Stored, 1 passage");
  await expect(outcome("magpie-contract.docx")).toContainText("Stored, 1 passage");
  await expect(outcome("setup.exe")).toContainText(
    "This type of file cannot be read. Upload Markdown, text, HTML, PDF",
  );
  await expect(outcome("lying.pdf")).toContainText("The file is named lying.pdf, but its content is not a PDF.");
  await expect(outcome("blank.md")).toContainText("The file holds no text");
  await expect(person.documentRow("setup")).toHaveCount(0);
  await expect(await person.ask("How many kilograms does the pelican lift carry?")).toContainText("917 kilograms");
  await expect(await person.ask("After how many months does the magpie contract end?")).toContainText("26 months");
});

test("what cannot be kept is refused beside its file, each for its own reason, and the others are stored", async ({
  person,
}) => {
  const refused = (name: string, bytes: Uint8Array) => ({ name, mimeType: "", buffer: Buffer.from(bytes) });
  await person.signIn("ada");
  const secret = makePdf([[{ text: "Secret" }]], { encrypted: true });
  const bomb = makeDocx(["Hi"], [{ name: "word/media/filler.bin", content: "x", declaredBytes: 2 ** 31 }]);
  await person.upload(
    refused("huge-log.txt", Buffer.alloc(20 * 1024 * 1024 + 1, "a")),
    refused("locked-plan.pdf", secret),
    refused("torn-plan.pdf", Buffer.from("%PDF-1.7\ngarbage")),
    refused("bomb.docx", bomb),
    markdown("Dunnock notes", "The dunnock nests in the hedge behind hall 2."),
  );
  const outcome = (name: string) => person.uploads.filter({ hasText: name });
  await expect(outcome("huge-log.txt")).toContainText("The file is larger than 20 MB.");
  await expect(outcome("locked-plan.pdf")).toContainText("The file is protected by a password.");
  await expect(outcome("torn-plan.pdf")).toContainText("The file is damaged and cannot be read.");
  await expect(outcome("bomb.docx")).toContainText("The file unpacks to far more than it should");
  await expect(outcome("dunnock-notes.md")).toContainText("Stored, 1 passage");

  await setTenantSettings("acme", { documentsMax: 1 });
  try {
    await person.upload(markdown("One too many", "There is no room for the wren."));
    await expect(outcome("one-too-many.md")).toContainText("This workspace may hold 1 document.");
  } finally {
    await setTenantSettings("acme", { documentsMax: null });
  }
  await person.page.reload();
  await expect(person.documentRow("Dunnock notes")).toBeVisible();
  for (const name of ["huge-log", "locked-plan", "torn-plan", "bomb", "One too many"])
    await expect(person.documentRow(name)).toHaveCount(0);
});

test("the same bytes twice are one document", async ({ person }) => {
  await person.signIn("ada");
  const file = markdown("Puffin ledger", "The puffin ledger closes on the ninth of each month.");
  await person.upload(file);
  await expect(person.uploads).toContainText("Stored");
  await person.upload({ ...file, name: "another-name.md" });
  await expect(person.uploads).toContainText("Already here as “Puffin ledger”");
  await expect(person.documentRow("Puffin ledger")).toHaveCount(1);
});

test("several files can be dropped anywhere on the page", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  // The chat comes after the rest of the page, which listens by then.
  await expect(person.questionBox).toBeVisible();
  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["# Avocet rota\n\nThe avocet rota changes on Sundays."], "avocet-rota.md"));
    transfer.items.add(new File(["# Godwit rota\n\nThe godwit rota changes on Mondays."], "godwit-rota.md"));
    return transfer;
  });
  await person.documentRows.first().dispatchEvent("dragenter", { dataTransfer: files });
  await expect(page.getByText("Drop to upload")).toBeVisible();
  await person.documentRows.first().dispatchEvent("drop", { dataTransfer: files });
  await expect(person.documentRow("Avocet rota")).toBeVisible();
  await expect(person.documentRow("Godwit rota")).toBeVisible();
});

test("a deleted document is gone from answers, and undo brings it back", async ({ person }) => {
  const { page } = person;
  await person.signIn("ada");
  await person.upload(markdown("Curlew insurance", "The curlew insurance covers hail damage up to 7300 euros."));
  await expect(person.documentRow("Curlew insurance")).toBeVisible();
  await person.chooseForDocument("Curlew insurance", "Delete");
  await expect(person.documentRow("Curlew insurance")).toHaveCount(0);
  await person.holdUndo();
  await expect(await person.ask("Up to what amount does the curlew insurance cover hail damage?")).not.toContainText(
    "7300",
  );
  await person.undo();
  await expect(person.documentRow("Curlew insurance")).toBeVisible();
  await expect(await person.ask("Up to what amount does the curlew insurance cover hail damage?")).toContainText(
    "7300",
  );
  await page.reload();
  await expect(person.documentRow("Curlew insurance")).toBeVisible();
});

test("a plain member may delete own documents and no others", async ({ person }) => {
  await person.signIn("ben");
  await expect(person.documentRow("Employee Handbook")).toBeVisible();
  await expect(person.page.getByRole("button", { name: "Actions for Employee Handbook" })).toHaveCount(0);
  await person.upload(markdown("Ben's own list", "Ben keeps the bicycle pump in drawer 12."));
  await expect(person.page.getByRole("button", { name: "Actions for Ben's own list" })).toBeVisible();
});

test("the list is searched by title", async ({ person }) => {
  const { page } = person;
  await person.signIn("ben");
  await page.getByRole("searchbox", { name: "Search documents" }).fill("warranty");
  await expect(person.documentRows).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search documents" }).fill("zeppelin");
  await expect(page.getByText("No document is called “zeppelin”")).toBeVisible();
  await page.getByRole("button", { name: "Show all documents" }).click();
  await expect(person.documentRow("Employee Handbook")).toBeVisible();
});
