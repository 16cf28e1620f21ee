// `npm run bench -- NAME`: runs bench/NAME/run.ts, or all of them, and writes the results down.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setup, teardown } from "@/test/postgres.setup";
import { root } from "../bootstrap/checkout.mjs";
import { printFailure, StepFailure } from "../bootstrap/step.mjs";
import { renderResults } from "./render";

const folder = join(root, "bench");
const summary = join(folder, "results.json");

/** What a bench exports. It measures, prints as it goes, and returns plain data. */
interface Bench {
  run(): Promise<unknown>;
}

async function listBenches(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => existsSync(join(folder, name, "run.ts"))).sort();
}

async function runBench(name: string): Promise<void> {
  console.log(`\n${name}`);
  const { run } = (await import(pathToFileURL(join(folder, name, "run.ts")).href)) as Bench;
  await keep(name, await run());
}

/** Puts the results beside those of the other benches, into the two files that people and checks read. */
async function keep(name: string, measured: unknown): Promise<void> {
  const earlier = existsSync(summary) ? JSON.parse(await readFile(summary, "utf8")) : {};
  const results = { ...earlier, [name]: measured };
  await writeFile(summary, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(root, "BENCHMARKS.md"), renderResults(results));
}

async function main(): Promise<void> {
  const known = await listBenches();
  const asked = process.argv[2];
  if (asked && !known.includes(asked))
    throw new StepFailure(`there is no bench "${asked}"`, `npm run bench -- ${known.join(" | ")}`);
  await setup();
  try {
    for (const name of asked ? [asked] : known) await runBench(name);
  } finally {
    await teardown();
  }
}

process.once("SIGINT", () => teardown().finally(() => process.exit(130)));
process.once("SIGTERM", () => teardown().finally(() => process.exit(143)));
try {
  await main();
  process.exit(0);
} catch (error) {
  printFailure(error);
  process.exit(1);
}
