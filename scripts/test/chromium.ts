import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { StepFailure } from "../bootstrap/step.mjs";
import { run, runTool } from "../check/run";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium on this machine: the one that PLAYWRIGHT_CHROMIUM_PATH names, an installed one, or Playwright's own. */
export function findChromium(): string | undefined {
  return [process.env.PLAYWRIGHT_CHROMIUM_PATH, ...INSTALLED, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}

/** Finds a Chromium that runs, or gets one: from Playwright, else from the system's packages. */
export async function ensureChromium(say: (doing: string) => void): Promise<string> {
  const found = findChromium();
  if (found && (await works(found))) return found;
  say("downloading a browser with playwright install");
  const downloaded = await runTool("@playwright/test/cli.js", ["install", "chromium"]);
  if (await works(chromium.executablePath())) return chromium.executablePath();
  const packaged = process.getuid?.() === 0 ? await installPackage(say) : "";
  const installed = INSTALLED.find(existsSync);
  if (installed && (await works(installed))) return installed;
  throw new StepFailure(
    "no Chromium runs here, and none could be installed",
    "install Chromium or Chrome, or set PLAYWRIGHT_CHROMIUM_PATH to one",
    `${downloaded.output}\n${packaged}`.trim().split("\n").slice(-15).join("\n"),
  );
}

async function installPackage(say: (doing: string) => void): Promise<string> {
  say("installing the system's chromium package");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    const updated = await run("apt-get", ["update"], env);
    const installed = await run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], env);
    return updated.output + installed.output;
  } catch (error) {
    return (error as Error).message;
  }
}

async function works(path: string): Promise<boolean> {
  try {
    // A downloaded browser lacks libraries on a bare machine: then it is there and does not run.
    await promisify(execFile)(path, ["--version"], { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
