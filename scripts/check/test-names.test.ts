import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../bootstrap/checkout.mjs";

const MAKES_A_DATABASE = /\b(createTestDatabase|startWebNode|createRunCluster)\(/;

test("a test that makes a database says so in its name, so that npm run check needs none", () => {
  const tests = globSync("{lib,db,contract,components,app,agent-backend,scripts,bench}/**/*.test.{ts,tsx}", {
    cwd: root,
  })
    .filter((file) => !file.includes("node_modules") && !file.endsWith("test-names.test.ts"))
    .filter((file) => MAKES_A_DATABASE.test(readFileSync(join(root, file), "utf8")));
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((file) => !/\.db\.test\.tsx?$/.test(file))).toEqual([]);
});
