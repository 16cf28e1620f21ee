// @ts-check
// What several processes on one checkout must agree on: who installs or builds, and who serves from what was built.
// It is kept in Next's cache folder, which git ignores and which neither `npm ci` nor `next build` empties.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAlive, readHolder, takeLock } from "./lock-file.mjs";
import { StepFailure } from "./step.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
export const checkoutState = join(root, ".next", "cache", "flightdeck");

const POLL_MS = 200;

/**
 * Runs `work` while no other process of this checkout installs or builds.
 *
 * @template T
 * @param {(doing: string) => void} say
 * @param {() => Promise<T>} work
 */
export async function whileAloneInCheckout(say, work) {
  for (;;) {
    const { holder, lock } = takeLock(join(checkoutState, "prepare.lock"));
    if (lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    say(`waiting for process ${holder.pid}, which prepares the same folder`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Records that this process serves from the installed packages and the build. @param {number} port */
export function serveFromCheckout(port) {
  mkdirSync(join(checkoutState, "nodes"), { recursive: true });
  return takeLock(join(checkoutState, "nodes", `${process.pid}.json`), { port }).lock;
}

/**
 * Refuses to replace files that a running node still reads: it would answer with errors from that moment on.
 *
 * @param {string} what
 */
export function refuseWhileServing(what) {
  const node = servingNodes()[0];
  if (!node) return;
  throw new StepFailure(
    `${what} changed, but a node on port ${node.port} (process ${node.pid}) is serving from this folder and would break`,
    `stop it first (kill ${node.pid}), or use a second clone`,
  );
}

function servingNodes() {
  const folder = join(checkoutState, "nodes");
  /** @type {string[]} */
  let files = [];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  } catch {
    // No node has ever run here.
  }
  return files.flatMap((file) => {
    const holder = readHolder(join(folder, file));
    if (holder && isAlive(holder)) return [holder];
    rmSync(join(folder, file), { force: true });
    return [];
  });
}
