// The demo: two companies with their own documents, and the people who can sign in. Facts differ between the two, so
// that an answer which crosses the tenant line can be recognised by its content.
import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import acme from "./acme/tenant.json" with { type: "json" };
import globex from "./globex/tenant.json" with { type: "json" };

export interface DemoTenant {
  slug: string;
  name: string;
  description: string;
  suggestions: { title: string; message: string }[];
}

export interface DemoDocument {
  filename: string;
  title: string;
  mime: string;
  bytes: Uint8Array;
}

export interface DemoUser {
  email: string;
  name: string;
  memberships: { tenant: string; role: "admin" | "member" }[];
}

export const demoTenants: readonly DemoTenant[] = [acme, globex];

/** One password for every demo user; the demo is never on in production. */
export const demoPassword = "flightdeck-demo";

export const demoUsers: readonly DemoUser[] = [
  { email: "ada@acme.test", name: "Ada Lindqvist", memberships: [{ tenant: "acme", role: "admin" }] },
  { email: "ben@acme.test", name: "Ben Okafor", memberships: [{ tenant: "acme", role: "member" }] },
  { email: "gus@globex.test", name: "Gus Moreno", memberships: [{ tenant: "globex", role: "admin" }] },
  { email: "gia@globex.test", name: "Gia Tanaka", memberships: [{ tenant: "globex", role: "member" }] },
  {
    email: "olivia@partner.test",
    name: "Olivia Park",
    memberships: [
      { tenant: "acme", role: "member" },
      { tenant: "globex", role: "member" },
    ],
  },
];

const mimeOf: Record<string, string> = {
  ".csv": "text/csv",
  ".html": "text/html",
  ".md": "text/markdown",
  ".txt": "text/plain",
};

/** The demo documents of one tenant as they would be uploaded, in order of file name. Throws for an unknown tenant. */
export async function listDemoDocuments(slug: string): Promise<DemoDocument[]> {
  if (!demoTenants.some((tenant) => tenant.slug === slug)) throw new Error(`There is no demo tenant "${slug}".`);
  const folder = join(import.meta.dirname, slug);
  const filenames = (await readdir(folder)).filter((name) => name !== "tenant.json").sort();
  return Promise.all(filenames.map((filename) => readDemoDocument(folder, filename)));
}

async function readDemoDocument(folder: string, filename: string): Promise<DemoDocument> {
  const { name, ext } = parse(filename);
  const mime = mimeOf[ext];
  if (!mime) throw new Error(`${filename} is of no type the demo knows.`);
  const bytes = await readFile(join(folder, filename));
  return { filename, title: titleOf(bytes.toString("utf8"), mime, name), mime, bytes };
}

/** A table has no title of its own: its file name is made into words. */
function titleOf(text: string, mime: string, name: string): string {
  if (mime === "text/csv") return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
  if (mime === "text/html") return /<title>([^<]+)<\/title>/.exec(text)?.[1]?.trim() ?? name;
  const firstLine = text.slice(0, text.indexOf("\n"));
  return firstLine.replace(/^# /, "").trim();
}
