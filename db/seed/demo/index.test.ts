import { describe, expect, it } from "vitest";
import { demoTenants, demoUsers, listDemoDocuments } from ".";

const wordsIn = (bytes: Uint8Array) => new TextDecoder().decode(bytes).match(/[\p{L}\p{N}][^\s|]*/gu)?.length ?? 0;
const textOf = async (slug: string) =>
  (await listDemoDocuments(slug)).map(({ bytes }) => new TextDecoder().decode(bytes)).join("\n");

describe.each(demoTenants.map(({ slug }) => slug))("the documents of %s", (slug) => {
  it("are many, of real length, and one is a long manual", async () => {
    const documents = await listDemoDocuments(slug);
    const prose = documents.filter(({ mime }) => mime === "text/markdown");
    expect(documents.length).toBeGreaterThanOrEqual(16);
    for (const { filename, bytes } of prose) expect(wordsIn(bytes), filename).toBeGreaterThanOrEqual(900);
    expect(Math.max(...prose.map(({ bytes }) => wordsIn(bytes)))).toBeGreaterThanOrEqual(4_000);
  });

  it("come in each format that text can come in", async () => {
    const mimes = new Set((await listDemoDocuments(slug)).map(({ mime }) => mime));
    expect(mimes).toEqual(new Set(["text/markdown", "text/csv", "text/html", "text/plain"]));
  });

  it("have a title each, and no two the same", async () => {
    const titles = (await listDemoDocuments(slug)).map(({ title }) => title);
    for (const title of titles) expect(title).toMatch(/^[A-Z].{8,}$/);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("are rectangular where they are tables", async () => {
    const table = (await listDemoDocuments(slug)).find(({ mime }) => mime === "text/csv");
    const widths = new TextDecoder()
      .decode(table?.bytes)
      .trimEnd()
      .split("\n")
      .map((row) => row.split(",").length);
    expect(widths.length).toBeGreaterThan(50);
    expect(new Set(widths).size).toBe(1);
  });
});

describe("the two tenants", () => {
  it("never name each other, so that a leak is visible", async () => {
    expect(await textOf("acme")).not.toMatch(/globex|GBX-|kestrel|ridgeline/i);
    expect(await textOf("globex")).not.toMatch(/\bacme|ACM-E|ACP-|motionos/i);
  });

  it("give different facts to the same question", async () => {
    const [acme, globex] = await Promise.all([textOf("acme"), textOf("globex")]);
    expect(acme).toContain("You have 30 days from delivery to ask for a return");
    expect(globex).toContain("**90 days** from the day you received it");
    expect(acme).toContain("| Robot arms AR-6, AR-12, AR-35, CoLift 10 | 24 months |");
    expect(globex).toContain("| Tents, tarps, hammocks | 5 years |");
  });

  it("offer four suggestions each", () => {
    for (const { slug, suggestions } of demoTenants) expect(suggestions, slug).toHaveLength(4);
  });
});

it("lists the documents of demo tenants only", async () => {
  await expect(listDemoDocuments("../../migrations")).rejects.toThrow("There is no demo tenant");
});

it("gives every demo user a membership in a demo tenant", () => {
  const slugs = demoTenants.map(({ slug }) => slug);
  for (const { email, memberships } of demoUsers) {
    expect(memberships.length, email).toBeGreaterThan(0);
    for (const { tenant } of memberships) expect(slugs).toContain(tenant);
  }
  expect(new Set(demoUsers.map(({ email }) => email)).size).toBe(demoUsers.length);
});
