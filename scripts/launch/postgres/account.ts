import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { StepFailure } from "../../bootstrap/step.mjs";

const run = promisify(execFile);

/** The account that Postgres runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root, so under root it gets the account that owns its data, or `nobody` for new data; no account is
 * made on the machine. Undefined for an ordinary user: Postgres then runs as that user.
 */
export async function postgresAccount(dataDirectory: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataDirectory).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (flag) => Number((await run("id", [flag, "nobody"])).stdout)),
    );
    // macOS gives nobody the number -2, which `id` prints unsigned and spawn wants signed.
    return { uid: (uid ?? 0) | 0, gid: (gid ?? 0) | 0 };
  } catch {
    throw new StepFailure(
      "Postgres does not run as root, and this machine has no account `nobody` to run it as",
      "start as an ordinary user, or set DATABASE_URL to a Postgres of your own",
    );
  }
}

/** Whether the account may walk down to `path`: each folder above it, and itself, must let it pass. */
export async function canReach(path: string, account: Account): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if (!(found.mode & bit)) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
