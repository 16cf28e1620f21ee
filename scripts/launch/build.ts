import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkoutState, refuseWhileServing, whileAloneInCheckout } from "../bootstrap/checkout.mjs";
import { StepFailure } from "../bootstrap/step.mjs";
import { nextCli, startChild } from "./child";
import type { Parts } from "./parts";
import { hashSource } from "./source-hash";

const stamp = join(checkoutState, "build.json");

export interface BuildOptions {
  root: string;
  home: string;
  logs: string;
  parts: Parts;
  say: (doing: string) => void;
}

/** Builds the web when its source is not what the build was made from. Returns what it did. */
export async function buildWeb({ root, home, logs, parts, say }: BuildOptions): Promise<string> {
  const source = await hashSource(root, home);
  if (await isBuiltFrom(root, source)) return "up to date";
  return whileAloneInCheckout(say, async () => {
    // Another process may have built while this one waited.
    if (await isBuiltFrom(root, source)) return "up to date";
    if (existsSync(join(root, ".next", "BUILD_ID"))) refuseWhileServing("the source");
    say("running next build (about a minute)");
    await rm(stamp, { force: true });
    await nextBuild(root, logs, parts);
    await writeFile(stamp, JSON.stringify({ source, build: await buildId(root) }));
    return "built";
  });
}

/** The stamp names the build beside the source, because `next build` by hand replaces the one and not the other. */
async function isBuiltFrom(root: string, source: string): Promise<boolean> {
  try {
    const made = JSON.parse(await readFile(stamp, "utf8")) as { source: string; build: string };
    return made.source === source && made.build === (await buildId(root));
  } catch {
    return false;
  }
}

async function buildId(root: string): Promise<string> {
  return (await readFile(join(root, ".next", "BUILD_ID"), "utf8")).trim();
}

async function nextBuild(root: string, logs: string, parts: Parts): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production" };
  const logFile = join(logs, "build.log");
  const build = startChild({ name: "build", args: [nextCli, "build"], cwd: root, env, logFile });
  await parts.addClient(build);
  const how = await build.ended;
  parts.remove(build);
  if (build.exitCode() === 0 && existsSync(join(root, ".next", "BUILD_ID"))) return;
  throw new StepFailure(
    `next build ${how}`,
    `correct what the lines above name (all of them are in ${logFile}), then start again`,
    build.tail(),
  );
}
