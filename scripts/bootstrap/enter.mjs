// @ts-check
// The door of every npm script: whatever Node is outside comes in here, and the work is done by the pinned one.
// This file imports nothing and keeps to old syntax, so that an ancient Node gets one clear line instead of a syntax error.

const OLDEST_NODE = 18;

/**
 * Runs a TypeScript stage (a path below scripts/) under the pinned Node, after installing what is missing.
 *
 * @param {string} stage
 * @param {{ ownSession?: boolean }} [options] `ownSession` keeps the terminal's signals from reaching the stage directly: it
 *   learns of them from this process alone, and so stops its children in order.
 */
export function enter(stage, options) {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE) {
    console.error(
      `Node ${process.versions.node} is too old to install this project. Fix: install Node ${OLDEST_NODE} or newer from https://nodejs.org.`,
    );
    process.exit(1);
  }
  import("./run-stage.mjs")
    .then((module) => module.runStage(stage, options))
    .catch((error) => {
      console.error(error);
      process.exit(1);
    });
}
