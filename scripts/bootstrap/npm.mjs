// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { root } from "./checkout.mjs";

const OUTPUT_LINES = 15;

/** Packages' usage reports stay off, in installing, building and running. */
export const quietEnvironment = {
  NEXT_TELEMETRY_DISABLED: "1",
  COPILOTKIT_TELEMETRY_DISABLED: "true",
  DO_NOT_TRACK: "1",
  SCARF_ANALYTICS: "false",
};

/**
 * Runs npm in the project and resolves with its exit code and last lines. npm runs under the Node outside the project, because
 * installing replaces the one inside.
 *
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runNpm(args) {
  const path = (process.env.PATH ?? "").split(delimiter).filter((entry) => !entry.startsWith(root));
  const node =
    path.map((entry) => join(entry, process.platform === "win32" ? "node.exe" : "node")).find(existsSync) ??
    process.execPath;
  // Set by npm itself when it runs a script; other package managers put their own program there.
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli && basename(cli) === "npm-cli.js" ? [node, [cli]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: root,
      env: { ...process.env, ...quietEnvironment, PATH: path.join(delimiter) },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, so that what npm started can be stopped with it.
      detached: process.platform !== "win32",
      shell: process.platform === "win32" && command === "npm",
    });
    /** @type {string[]} */
    let lines = [];
    const collect = (/** @type {Buffer} */ chunk) => {
      lines = [...lines, ...chunk.toString().split("\n").filter(Boolean)].slice(-OUTPUT_LINES);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      if (child.pid) process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
      process.exit(130);
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    const done = () => process.off("SIGINT", stop).off("SIGTERM", stop);
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code) => {
      done();
      resolve({ code, output: lines.join("\n") });
    });
  });
}
