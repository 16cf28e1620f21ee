import { paths } from "@/lib/paths";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import type { Person } from "./person";

/** Every page in a state worth looking at, by name. */
const pages: Record<string, (person: Person) => Promise<void>> = {
  "sign-in": async (person) => {
    await person.goto("/sign-in");
    await person.signInWith("stranger@acme.test", "wrong");
    await expect(person.failure).toBeVisible();
  },
  workspaces: async (person) => {
    await person.signIn("olivia");
    await expect(person.page.getByRole("heading", { name: "Choose a workspace" })).toBeVisible();
  },
  documents: async (person) => {
    await person.signIn("gia");
    await expect(person.documentRows.first()).toBeVisible();
  },
  "cited-answer": async (person) => {
    await person.signIn("gia");
    await openChat(person);
    const answer = await person.ask("How do I return a tent, and what does it cost?");
    await answer
      .getByRole("link", { name: /^Source/ })
      .first()
      .click();
    await expect(person.passage.first()).toBeVisible();
  },
  "cited-answer-chat": async (person) => {
    await person.signIn("gia");
    await openChat(person);
    await person.ask("How do I return a tent, and what does it cost?");
    await person.page.getByRole("button", { name: /^Searched documents/ }).click();
  },
  conversations: async (person) => {
    await person.signIn("gia");
    await openChat(person);
    await person.ask("What does the Trail Club cost?");
    await person.showConversations();
    await expect(person.conversations.first()).toBeVisible();
  },
  "document-gone": async (person) => {
    await person.signIn("gia");
    await person.openAssistant("globex", { doc: "doc_0" });
    await expect(person.page.getByRole("heading", { name: "This document does not exist" })).toBeVisible();
  },
  "not-found": async (person) => {
    await person.signIn("gia");
    await person.goto("/acme/assistant");
    await expect(person.page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  },
  orders: async (person) => {
    await person.signIn("gia");
    await person.goto(paths.orders("globex"));
    await expect(person.page.getByRole("heading", { name: "Orders" })).toBeVisible();
  },
  approvals: async (person) => {
    await person.signIn("gia");
    await person.goto(paths.approvals("globex"));
    await expect(person.page.getByRole("heading", { name: "Approvals" })).toBeVisible();
  },
  invoices: async (person) => {
    await person.signIn("gia");
    await person.goto(paths.invoices("globex"));
    await expect(person.page.getByRole("table", { name: "Invoices" }).getByRole("row").nth(1)).toBeVisible();
  },
  "invoice-evidence": async (person) => {
    await person.signIn("gia");
    await person.goto(paths.invoices("globex"));
    await person.page.locator("[data-row-control]").first().click();
    await expect(person.page.getByRole("complementary", { name: "Details" }).getByRole("table")).toBeVisible();
  },
  "invoice-upload": async (person) => {
    await person.signIn("gia");
    await person.goto(paths.invoices("globex"));
    // Rows are drawn once the page listens: a key that is pressed before that is nobody's.
    await expect(person.page.locator("[data-row-control]").first()).toBeVisible();
    await person.page.getByRole("button", { name: /^Files/ }).click();
    await expect(person.page.getByText("Lines of orders")).toBeVisible();
    await person.page.keyboard.press("u");
    await expect(person.page.getByRole("dialog", { name: "Upload a set of books" })).toBeVisible();
  },
  palette: async (person) => {
    await person.signIn("gia");
    // The page that is shown has begun to listen: a key that is pressed before that is nobody's.
    await expect(person.documentRows.first()).toBeVisible();
    await person.page.keyboard.press("Control+k");
    await expect(person.page.getByRole("dialog", { name: "Find anything" })).toBeVisible();
  },
  "scripted-answer": async (person) => {
    await person.signIn("gia");
    await person.openScripted("globex", { n: 300, rate: 0, md: true });
    await person.ask("Show me everything Markdown can do");
  },
};

async function openChat({ page }: Person): Promise<void> {
  const toggle = page.getByTestId("copilot-chat-toggle");
  if ((page.viewportSize()?.width ?? 0) < 1024) await toggle.click();
}

const screens = { "1440": { width: 1440, height: 900 }, "390": { width: 390, height: 844 } };

for (const [width, viewport] of Object.entries(screens)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      for (const [name, open] of Object.entries(pages)) {
        test(`${name} is accessible`, async ({ person }, testInfo) => {
          await open(person);
          await expect(person.page.locator("[aria-busy=true]")).toHaveCount(0);
          await person.page.screenshot({ path: testInfo.outputPath(`${name}-${width}-${colorScheme}.png`) });
          await expectAccessible(person.page);
        });
      }
    });
  }
}
