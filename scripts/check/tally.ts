import { readFile } from "node:fs/promises";
import { step } from "../bootstrap/step.mjs";
import type { Ran } from "./run";

export interface Tally {
  passed: number;
  failed: number;
}

export function total(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Runs one step of the suite. A step that fails prints its whole output and does not keep the next from running. */
export async function tallyStep(
  name: string,
  work: (say: (doing: string) => void) => Promise<Tally & { output: string }>,
): Promise<Tally> {
  let result: Tally & { output: string } = { passed: 0, failed: 1, output: "" };
  await step(name, async (say) => {
    try {
      result = await work(say);
    } catch (error) {
      result = {
        passed: 0,
        failed: 1,
        output: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    return `${result.passed} passed, ${result.failed} failed`;
  });
  if (result.failed > 0) console.log(result.output);
  return result;
}

/** A tool without tests of its own counts as one. */
export function tallyTool({ code, output }: Ran): Tally & { output: string } {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Reads vitest's JSON report. A file that could not be loaded has no tests and counts as one failure. */
export async function tallyVitest(ran: Ran, reportFile: string): Promise<Tally & { output: string }> {
  const report = await readReport<VitestReport>(reportFile);
  const notLoaded =
    report?.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length ?? 0;
  return honest(ran, { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + notLoaded });
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

export async function tallyPlaywright(ran: Ran, reportFile: string): Promise<Tally & { output: string }> {
  const report = await readReport<PlaywrightReport>(reportFile);
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  return honest(ran, { passed: expected, failed: unexpected + flaky });
}

/** A runner that ended badly is a failure, whatever its report says, and so is one that reports no test at all. */
function honest({ code, output }: Ran, { passed, failed }: Tally): Tally & { output: string } {
  const ranNothing = passed + failed === 0;
  return { passed, failed: failed === 0 && (code !== 0 || ranNothing) ? 1 : failed, output };
}

async function readReport<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}
