// The language of the journeys: people in front of browsers. A journey reads as what they do and what they then see.
import { type BrowserContextOptions, test as base } from "@playwright/test";
import { Person } from "./person";

interface Fixtures {
  /** Somebody in a browser of their own. */
  person: Person;
  /** Somebody else, in another browser. */
  another(options?: BrowserContextOptions): Promise<Person>;
}

export const test = base.extend<Fixtures>({
  person: async ({ page }, use) => use(new Person(page)),
  another: async ({ browser }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      return new Person(await context.newPage());
    });
    for (const context of contexts) await context.close();
  },
});

export { expect } from "@playwright/test";
