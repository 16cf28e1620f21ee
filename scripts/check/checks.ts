import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, runTool } from "./run";
import { type Tally, tallyStep, tallyTool, tallyVitest, total } from "./tally";

const LAYERS = ["app", "pages", "components", "lib", "db", "contract", "agent-backend"];

/** What needs neither a database nor a browser nor a build: types, lint, boundaries, unit tests. */
export async function runChecks(): Promise<Tally> {
  // The compiler and the unit tests take the longest; each has a core of its own on a small machine.
  const [types, rest] = await Promise.all([
    tallyStep("types", async () => tallyTool(await checkTypes())),
    (async () => {
      const lint = await tallyStep("lint", async () =>
        tallyTool(await runTool("@biomejs/biome/bin/biome", ["check", "."])),
      );
      const boundaries = await tallyStep("boundaries", async () => tallyTool(await checkBoundaries()));
      return total([lint, boundaries, await runVitest("unit", "unit")]);
    })(),
  ]);
  return total([types, rest]);
}

async function checkTypes(): Promise<Ran> {
  const generated = await runTool("next/dist/bin/next", ["typegen"]);
  return generated.code === 0 ? runTool("typescript/bin/tsc", ["--noEmit"]) : generated;
}

function checkBoundaries(): Promise<Ran> {
  return runTool("dependency-cruiser/bin/dependency-cruiser.mjs", ["--config", ".dependency-cruiser.mjs", ...LAYERS]);
}

/** Runs one vitest project; see vitest.config.ts. */
export function runVitest(name: string, project: string, env: NodeJS.ProcessEnv = process.env): Promise<Tally> {
  return tallyStep(name, async (say) => {
    say("running vitest");
    const folder = await mkdtemp(join(tmpdir(), "flightdeck-report-"));
    const report = join(folder, "vitest.json");
    try {
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      return await tallyVitest(
        await runTool("vitest/vitest.mjs", ["run", "--project", project, ...reporters], env),
        report,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
