import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Folders at the top that are no part of the web's build. Anything not named here is, so that a new folder is never missed. */
const NOT_BUILT = new Set([
  "agent-backend",
  "bench",
  "docs",
  "e2e",
  "node_modules",
  "playwright-report",
  "scripts",
  "test",
  "test-results",
]);

/** One hash over everything that the build of the web is made from. */
export async function hashSource(root: string, home: string): Promise<string> {
  const top = await readdir(root, { withFileTypes: true });
  const lists = await Promise.all(
    top
      .filter((entry) => !entry.name.startsWith(".") && !NOT_BUILT.has(entry.name) && join(root, entry.name) !== home)
      .map(async (entry) =>
        entry.isDirectory() ? listFiles(root, entry.name) : isSource(entry.name) ? [entry.name] : [],
      ),
  );
  const files = lists.flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash("sha256");
  files.forEach((file, index) => {
    hash.update(`${file}\0${contents[index]?.length}\0`).update(contents[index] ?? "");
  });
  // Next writes these into the bundle.
  for (const [name, value] of Object.entries(process.env).sort())
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${value}\0`);
  return hash.digest("hex");
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function isSource(name: string): boolean {
  // Next writes next-env.d.ts, the compiler its build info, both while building.
  return (
    !/\.(test|spec)\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$/.test(name) &&
    !/^(README|LICENSE|BENCHMARKS|CONTRIBUTING)/.test(name)
  );
}
