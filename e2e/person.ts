import { expect, type Locator, type Page } from "@playwright/test";
import { type AssistantView, paths } from "@/lib/paths";

export const PASSWORD = "flightdeck-demo";

/** The demo's people, and where each arrives after signing in. */
export const users = {
  ada: { email: "ada@acme.test", home: paths.assistant("acme") },
  ben: { email: "ben@acme.test", home: paths.assistant("acme") },
  gus: { email: "gus@globex.test", home: paths.assistant("globex") },
  gia: { email: "gia@globex.test", home: paths.assistant("globex") },
  olivia: { email: "olivia@partner.test", home: paths.home() },
} as const;

export type User = keyof typeof users;

export interface UploadedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** What the scripted agent is asked to stream. */
export interface Perf {
  /** How many tokens, and how many of them a second; 0 is as fast as possible. */
  n: number;
  rate: number;
  /** Markdown instead of words. */
  md?: boolean;
  /** Each token is a time of its own, so that tokens can be counted. */
  stamp?: boolean;
}

/** Somebody in front of a browser: what they do, as verbs, and what they see, as nouns. */
export class Person {
  readonly questionBox: Locator;
  readonly answers: Locator;
  /** The newest message of the assistant, finished or not. */
  readonly streaming: Locator;
  readonly questions: Locator;
  readonly document: Locator;
  readonly passage: Locator;
  readonly documentRows: Locator;
  readonly uploads: Locator;
  readonly conversations: Locator;
  readonly stopButton: Locator;
  /** What the conversation says of a run that did not simply end. */
  readonly notice: Locator;
  /** What went wrong, in words. */
  readonly failure: Locator;

  constructor(
    readonly page: Page,
    /** Where the app is; the test's own base address unless it started an app of its own. */
    private readonly origin = "",
  ) {
    this.questionBox = page.getByRole("textbox", { name: "Question" });
    // An assistant message is either the tools that ran or the words that followed; only words can be copied.
    this.answers = page
      .getByTestId("copilot-assistant-message")
      .filter({ has: page.getByTestId("copilot-copy-button") });
    this.streaming = page.getByTestId("copilot-assistant-message").last();
    this.questions = page.getByTestId("copilot-user-message");
    this.document = page.getByRole("article");
    this.passage = page.locator("mark[data-passage]");
    this.documentRows = page.getByRole("list", { name: "Documents" }).getByRole("listitem");
    this.uploads = page.getByRole("region", { name: "Uploads" }).getByRole("listitem");
    this.conversations = page.getByRole("list", { name: "Conversations" }).getByRole("listitem");
    // Next announces each new page in an alert of its own.
    this.failure = page.locator("[role=alert]:not(#__next-route-announcer__)");
    this.stopButton = page.getByRole("button", { name: "Stop" });
    this.notice = page.getByTestId("notice");
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** Signs in with one click on the demo's account. */
  async signIn(user: User): Promise<void> {
    await this.goto(paths.signIn());
    await this.page.getByRole("button", { name: users[user].email }).click();
    await this.page.waitForURL((url) => url.pathname === users[user].home);
  }

  async signInWith(email: string, password: string): Promise<void> {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole("button", { name: /^Account / }).click();
    await this.page.getByRole("menuitem", { name: "Sign out" }).click();
    await this.page.waitForURL((url) => url.pathname === paths.signIn());
  }

  async openAssistant(tenant: string, view: AssistantView = {}): Promise<void> {
    await this.goto(paths.assistant(tenant, view));
  }

  /** Opens the chat over the scripted agent, in the conversation `thread` where there is one. */
  async openScripted(tenant: string, perf: Perf, thread?: string): Promise<void> {
    const query = new URLSearchParams({ perf: JSON.stringify(perf), ...(thread ? { thread } : {}) });
    await this.goto(`/${tenant}/scripted?${query}`);
  }

  async send(question: string): Promise<void> {
    await this.questionBox.fill(question);
    await this.questionBox.press("Enter");
  }

  /** Sends a question and returns the answer once it is finished. */
  async ask(question: string): Promise<Locator> {
    const before = await this.answers.count();
    await this.send(question);
    const answer = this.answers.nth(before);
    await expect(answer).toBeVisible();
    return answer;
  }

  /** The id of the conversation in the address. */
  async threadId(): Promise<string> {
    await this.page.waitForURL(/[?&]thread=/);
    return new URL(this.page.url()).searchParams.get("thread") ?? "";
  }

  async upload(...files: UploadedFile[]): Promise<void> {
    await this.page.getByLabel("Files to upload").setInputFiles(files);
  }

  documentRow(title: string): Locator {
    return this.documentRows.filter({ has: this.page.getByRole("link", { name: title, exact: true }) });
  }

  async chooseForDocument(title: string, action: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${title}` }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  async showConversations(): Promise<void> {
    await this.page.getByRole("button", { name: "Conversations" }).click();
    await expect(this.page.getByRole("dialog", { name: "Conversations" })).toBeVisible();
  }

  conversation(title: string): Locator {
    return this.conversations.filter({ has: this.page.getByRole("button", { name: title, exact: false }) });
  }

  async chooseForConversation(title: string, action: string): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${title}` }).click();
    await this.page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Rests the pointer on the latest message that can be taken back: it stays for a few seconds, or as long as somebody is at it. */
  async holdUndo(): Promise<void> {
    await this.page.getByRole("button", { name: "Undo", exact: true }).hover();
  }

  /** Takes back what the latest message says was done. */
  async undo(): Promise<void> {
    await this.page.getByRole("button", { name: "Undo", exact: true }).click();
  }
}
