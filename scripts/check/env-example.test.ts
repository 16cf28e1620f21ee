import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../bootstrap/checkout.mjs";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const example = read(".env.example");

test("every setting that a process reads is explained in .env.example", () => {
  const schemas = ["lib/env.ts", "agent-backend/env.ts"].flatMap((file) => [
    ...read(file).matchAll(/^\s+([A-Z][A-Z0-9_]+): /gm),
  ]);
  const direct = ["db/pool.ts", "scripts/launch/settings.ts", "scripts/test/main.ts"].flatMap((file) => [
    ...read(file).matchAll(/process\.env\.([A-Z][A-Z0-9_]+)|readDatabaseUrl\("([A-Z_]+)"\)/g),
  ]);
  const names = [...schemas, ...direct].map(([, inSchema, inCode]) => inSchema ?? inCode ?? "");
  // What the launcher hands to its own processes is no setting.
  const settings = new Set(
    names.filter((name) => !/^FLIGHTDECK_(DIRECT_)?DATABASE_URL$|^TEST_DATABASE_URL$/.test(name)),
  );
  expect(settings.size).toBeGreaterThan(20);
  expect([...settings].filter((name) => !example.includes(`\n${name}=`))).toEqual([]);
});

test("each variable has a comment of its own above it", () => {
  const lines = example.split("\n");
  const bare = lines.filter((line, index) => /^[A-Z0-9_]+=/.test(line) && !lines[index - 1]?.startsWith("# "));
  expect(bare).toEqual([]);
});
