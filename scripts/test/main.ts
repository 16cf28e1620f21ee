// `npm test`: everything, from a bare clone and without a secret.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../bootstrap/checkout.mjs";
import { runChecks, runVitest } from "../check/checks";
import { runTool, stopToolsWithUs } from "../check/run";
import { type Tally, tallyPlaywright, tallyStep, total } from "../check/tally";
import { buildWeb } from "../launch/build";
import { Parts } from "../launch/parts";
import { ensureChromium } from "./chromium";
import { scrubbed } from "./scrub";

/** A server besides the embedded one to run the integration tests on: its login must be able to create databases. */
const secondServer = process.env.TEST_DATABASE_URL_2 || process.env.TEST_DATABASE_URL || process.env.DATABASE_URL;

async function runAll(): Promise<Tally> {
  const env: NodeJS.ProcessEnv = { ...scrubbed(process.env, join(root, ".env.example")), TEST_DATABASE_URL: "" };
  const folder = await mkdtemp(join(tmpdir(), "flightdeck-suite-"));
  try {
    const tallies = [await runChecks(), await runVitest("embedded", "integration", env)];
    if (secondServer)
      tallies.push(await runVitest("server", "integration", { ...env, TEST_DATABASE_URL: secondServer }));
    const built = await tallyStep("build", async (say) => {
      await buildWeb({ root, home: folder, logs: folder, parts: new Parts(), say });
      return { passed: 1, failed: 0, output: "" };
    });
    tallies.push(built);
    // Without a build the rest could only fail in the same words.
    if (built.failed === 0) tallies.push(await runVitest("launch", "launch", env), await runJourneys(env, folder));
    return total(tallies);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runJourneys(env: NodeJS.ProcessEnv, folder: string): Promise<Tally> {
  return tallyStep("journeys", async (say) => {
    const browser = await ensureChromium(say);
    say("running the browser journeys");
    const report = join(folder, "playwright.json");
    const ran = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json"], {
      ...env,
      PLAYWRIGHT_CHROMIUM_PATH: browser,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    return tallyPlaywright(ran, report);
  });
}

stopToolsWithUs();
const { passed, failed } = await runAll();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
