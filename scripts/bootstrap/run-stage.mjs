// @ts-check
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./checkout.mjs";
import { install } from "./install.mjs";
import { quietEnvironment } from "./npm.mjs";
import { pinnedNode } from "./pinned-node.mjs";
import { printFailure, step } from "./step.mjs";

const PARENT_POLL_MS = 250;
/** What V8 made of the packages' code, for every process of ours: it halves what a warm start computes. A fresh install empties it. */
const compileCache = join(root, "node_modules", ".cache", "compiled");

/**
 * Installs, then runs the stage under the pinned Node and ends with its exit code.
 *
 * @param {string} stage
 * @param {{ ownSession?: boolean }} [options]
 */
export async function runStage(stage, { ownSession = false } = {}) {
  let node = process.execPath;
  try {
    await step("install", async (say) => {
      const note = await install(say);
      node = await pinnedNode(say);
      return note;
    });
  } catch (error) {
    printFailure(error);
    process.exit(1);
  }
  follow(spawnStage(node, stage, ownSession));
}

/**
 * @param {string} node
 * @param {string} stage
 * @param {boolean} ownSession
 */
function spawnStage(node, stage, ownSession) {
  const tsx = pathToFileURL(join(root, "node_modules", "tsx", "dist", "loader.mjs")).href;
  // Libraries marked "server-only" load under this condition alone, as they do in Next's server bundle.
  const flags = ["--conditions=react-server", "--import", tsx];
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
  return spawn(node, [...flags, join(root, "scripts", stage), ...process.argv.slice(2)], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...quietEnvironment, PATH: path },
    detached: ownSession,
    // The channel closes when this process dies in any way, which is how the stage learns of it.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function follow(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(
      `${child.spawnfile} does not run here (${error.message}).\n  fix: remove node_modules and start again, it may come from another machine`,
    );
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal) console.error(`stopped by ${signal}`);
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
  // npm passes SIGTERM on, but when npm itself is killed nobody is left to stop us. Without npm a changed parent means nothing:
  // `nohup node scripts/start.mjs &` outlives its shell.
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, PARENT_POLL_MS);
  watch.unref();
}
