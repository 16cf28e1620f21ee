import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tallyPlaywright, tallyVitest } from "./tally";

let folder: string;
let report: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flightdeck-tally-"));
  report = join(folder, "report.json");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ran = (code: number) => ({ code, output: "" });

test("a test file that could not be loaded is a failure", async () => {
  const testResults = [
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{}] },
  ];
  writeFileSync(report, JSON.stringify({ numPassedTests: 1, numFailedTests: 0, testResults }));
  expect(await tallyVitest(ran(1), report)).toMatchObject({ passed: 1, failed: 1 });
});

test("a runner that fails without a failed test, or without a report, is a failure", async () => {
  expect(await tallyVitest(ran(1), report)).toMatchObject({ passed: 0, failed: 1 });
  writeFileSync(report, JSON.stringify({ numPassedTests: 3, numFailedTests: 0, testResults: [] }));
  expect(await tallyVitest(ran(1), report)).toMatchObject({ passed: 3, failed: 1 });
  expect(await tallyVitest(ran(0), report)).toMatchObject({ passed: 3, failed: 0 });
});

test("a journey that passed only at a second try is a failure", async () => {
  writeFileSync(report, JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1 } }));
  expect(await tallyPlaywright(ran(1), report)).toMatchObject({ passed: 5, failed: 2 });
});

test("a runner that ended well and reports nothing at all has run nothing: a failure", async () => {
  expect(await tallyPlaywright(ran(0), report)).toMatchObject({ passed: 0, failed: 1 });
});
