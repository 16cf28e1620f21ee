import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hashSource } from "./source-hash";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flightdeck-source-"));
  for (const path of ["app/page.tsx", "lib/a/b.ts", "next.config.ts"]) write(path, "1");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const hash = () => hashSource(root, join(root, "state"));

test.each(["app/page.tsx", "lib/a/b.ts", "next.config.ts", "a-new-folder/c.ts"])(
  "a change of %s asks for a build",
  async (path) => {
    const before = await hash();
    write(path, "2");
    expect(await hash()).not.toBe(before);
  },
);

test.each([
  "lib/a/b.test.ts",
  "e2e/a.spec.ts",
  "docs/a.md",
  "README.md",
  ".env",
  "state/logs/web.log",
  "agent-backend/server.ts",
  "tsconfig.tsbuildinfo",
])("a change of %s does not", async (path) => {
  const before = await hash();
  write(path, "2");
  expect(await hash()).toBe(before);
});

test("moving a file and changing what the browser is told count, too", async () => {
  const before = await hash();
  rmSync(join(root, "lib/a/b.ts"));
  write("lib/a/c.ts", "1");
  const moved = await hash();
  expect(moved).not.toBe(before);
  vi.stubEnv("NEXT_PUBLIC_NAME", "value");
  expect(await hash()).not.toBe(moved);
});
