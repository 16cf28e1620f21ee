import { execFile } from "node:child_process";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { StepFailure } from "../../bootstrap/step.mjs";
import type { Account } from "./account";
import { ADMIN, type Cluster, dataDirectory, prepareFolder, withPasswordFile } from "./cluster";

const run = promisify(execFile);

// Full-text search asks the system's locale what a letter is; C knows only ASCII. Not every system has all of them.
const LETTER_LOCALES = ["C.UTF-8", "en_US.UTF-8", "C"];

/** Makes the database files unless they are there. They appear under their name complete or not at all. */
export async function ensureInitialised(native: string, cluster: Cluster, account: Account | undefined): Promise<void> {
  const data = dataDirectory(cluster);
  if (await stat(data).catch(() => undefined)) return;
  await prepareFolder(cluster, account);
  const draft = join(cluster.folder, "data.new");
  await withPasswordFile(cluster, account, async (passwordFile) => {
    let problem = "";
    for (const letters of LETTER_LOCALES) {
      await rm(draft, { recursive: true, force: true });
      problem = await initdb(native, ["-D", draft, `--pwfile=${passwordFile}`, `--lc-ctype=${letters}`], account);
      if (!problem) return;
      if (!/invalid locale/.test(problem)) break;
    }
    throw new StepFailure("initdb could not make the database files", fixFor(problem), problem);
  });
  await rename(draft, data);
}

/** Runs initdb; returns what it complained of, or "" when it succeeded. */
async function initdb(native: string, args: string[], account: Account | undefined): Promise<string> {
  // Sorting is Postgres's own, so that a database sorts the same on every machine.
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
  try {
    await run(join(native, "bin", "initdb"), ["-U", ADMIN, "--auth=scram-sha-256", ...locale, ...args], {
      cwd: "/",
      env: postgresEnvironment(),
      ...account,
    });
    return "";
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return stderr?.trim() || message;
  }
}

/** Variables such as PGDATA or PGPORT are meant for another server; messages stay in English because we read them. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_MESSAGES: "C" };
  for (const name of Object.keys(env)) if (/^(PG|LC_(?!MESSAGES)|LANG)/.test(name)) delete env[name];
  return env;
}

function fixFor(problem: string): string {
  if (/No space left/.test(problem)) return "free some disk space (the empty database takes 40 MB), then start again";
  if (/ENOENT|not found|cannot open shared object/.test(problem))
    return "the embedded Postgres needs a glibc system (Alpine is not); set DATABASE_URL to a Postgres of your own";
  if (/could not look up effective user/.test(problem))
    return "Postgres needs an account that /etc/passwd knows: start as one that has a name, or set DATABASE_URL";
  return "read the lines above; FLIGHTDECK_HOME chooses another folder, DATABASE_URL another server";
}
