import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { freeBasePort } from "./scripts/launch/ports";
import { findChromium } from "./scripts/test/chromium";

// Playwright loads this file again in each worker; the first load decides, and the workers inherit the environment.
process.env.E2E_PORT ??= String(await freeBasePort(22_000));
process.env.E2E_HOME ??= temporaryHome();
const baseURL = `http://localhost:${process.env.E2E_PORT}`;

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), "flightdeck-e2e-"));
  // Under root Postgres runs as another account, which must reach its files.
  chmodSync(home, 0o711);
  return home;
}

export default defineConfig({
  testDir: "e2e",
  globalTeardown: "./e2e/remove-home.ts",
  // One server, one database, two cores: tests that share them run one after the other.
  workers: 1,
  // A journey that passes at the second try is a journey that fails.
  retries: 0,
  // Several times what they take on two cores that do nothing else: what is slow is no failure here, and what hangs is one all the same.
  timeout: 150_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL,
    trace: "retain-on-failure",
    launchOptions: { executablePath: findChromium() },
  },
  webServer: {
    command: "node scripts/start.mjs",
    url: `${baseURL}/api/ready`,
    env: {
      PORT: process.env.E2E_PORT,
      FLIGHTDECK_HOME: process.env.E2E_HOME,
      FLIGHTDECK_SCRIPTED: "1",
      // The attacks of e2e/isolation must meet what keeps tenants apart, not the limit of how fast one may ask.
      FLIGHTDECK_REQUESTS_PER_MINUTE: "100000",
    },
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    stdout: "pipe",
  },
});
