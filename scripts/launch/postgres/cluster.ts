import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StepFailure } from "../../bootstrap/step.mjs";
import { type Account, canReach, postgresAccount } from "./account";

/** Where a home's Postgres keeps its data, and how to be its administrator. Stored in the home, for the owner's eyes only. */
export interface Cluster {
  /** Belongs to Postgres's account and holds `data`. */
  folder: string;
  adminPassword: string;
}

export const ADMIN = "flightdeck_admin";
export const DATABASE = "flightdeck";

export function dataDirectory(cluster: Cluster): string {
  return join(cluster.folder, "data");
}

export function adminUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${ADMIN}:${cluster.adminPassword}@127.0.0.1:${port}/${database}`;
}

/** Under root, data of a home that `nobody` cannot reach is kept here, in a folder named by a random id. */
const SHARED_STATE = "/var/lib/flightdeck";

/** The home's cluster as recorded by an earlier start, or a newly recorded one whose data is still to be made. */
export async function openCluster(home: string): Promise<{ cluster: Cluster; account: Account | undefined }> {
  const record = join(home, "postgres.json");
  const recorded = await readRecord(record);
  if (recorded) return { cluster: recorded, account: await accountFor(recorded) };
  const inHome = join(home, "postgres");
  if (await stat(join(inHome, "data")).catch(() => undefined)) {
    throw new StepFailure(
      `${record}, which holds the password of the database in ${inHome}, is gone`,
      "put it back, or move that folder away to start with an empty database",
    );
  }
  const account = await postgresAccount(join(inHome, "data"));
  const folder =
    !account || (await canReach(home, account)) ? inHome : join(SHARED_STATE, randomBytes(8).toString("hex"));
  const cluster = { folder, adminPassword: randomBytes(24).toString("hex") };
  await writeFile(`${record}.new`, JSON.stringify(cluster, null, 2), { mode: 0o600 });
  await rename(`${record}.new`, record);
  return { cluster, account };
}

/** Folders above existing data may have been closed since: Postgres's own words for that do not say who is kept out of what. */
async function accountFor(cluster: Cluster): Promise<Account | undefined> {
  const account = await postgresAccount(dataDirectory(cluster));
  if (!account || (await canReach(dirname(cluster.folder), account))) return account;
  throw new StepFailure(
    `the database in ${cluster.folder} was made when the folders above it were open; now the account that Postgres runs under cannot enter`,
    "open them again (chmod o+x), or start as the folder's owner, or set another FLIGHTDECK_HOME",
  );
}

async function readRecord(file: string): Promise<Cluster | undefined> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StepFailure(
      `${file} cannot be read (${(error as Error).message})`,
      "start as the account that owns it, or set another FLIGHTDECK_HOME",
    );
  }
  return JSON.parse(content) as Cluster;
}

/** Makes the folder that holds the data and gives it to Postgres's account. */
export async function prepareFolder(cluster: Cluster, account: Account | undefined): Promise<void> {
  try {
    // Whoever runs Postgres must be able to walk down to it, whatever the umask.
    if (cluster.folder.startsWith(SHARED_STATE)) {
      await mkdir(SHARED_STATE, { recursive: true });
      await chmod(SHARED_STATE, 0o755);
    }
    await mkdir(cluster.folder, { recursive: true, mode: 0o700 });
    if (account) await chown(cluster.folder, account.uid, account.gid);
  } catch (error) {
    throw new StepFailure(
      `the database folder ${cluster.folder} cannot be made (${(error as Error).message})`,
      "set FLIGHTDECK_HOME to a folder that may be written to",
    );
  }
}

/** Hands initdb the password in a file that only Postgres's account reads; its command line would show it to everyone. */
export async function withPasswordFile<T>(
  cluster: Cluster,
  account: Account | undefined,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = join(cluster.folder, "password");
  await writeFile(file, cluster.adminPassword, { mode: 0o600 });
  try {
    if (account) await chown(file, account.uid, account.gid);
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
