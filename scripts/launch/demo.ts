import { join } from "node:path";
import pg from "pg";
import { PROVISION_ROLE } from "@/db/roles";
import { demoPassword, demoTenants, demoUsers } from "@/db/seed/demo";
import { StepFailure } from "../bootstrap/step.mjs";
import { startChild, tsxLoader } from "./child";
import type { DatabaseAccess } from "./database";
import type { Parts } from "./parts";
import { serviceEnvironment } from "./services";
import type { Settings } from "./settings";

/** Adds the demo's tenants, users and documents unless they were added before, by this node or another. Returns what it did. */
export async function seedDemo(
  settings: Settings,
  database: DatabaseAccess,
  parts: Parts,
  say: (doing: string) => void,
): Promise<string> {
  if (!database.adminUrl) return "skipped: this database login may not create tenants";
  if (await isSeeded(database.adminUrl)) return "up to date";
  say("adding the demo tenants and their documents");
  // A process of its own: the document parsers are large, and the launcher stays for as long as the app runs.
  const seed = startChild({
    name: "seed",
    args: ["--conditions=react-server", "--import", tsxLoader, join("scripts", "seed.ts")],
    cwd: settings.root,
    env: { ...serviceEnvironment(settings, database), FLIGHTDECK_ADMIN_DATABASE_URL: database.adminUrl },
    logFile: join(settings.logs, "seed.log"),
  });
  await parts.addClient(seed);
  const how = await seed.ended;
  parts.remove(seed);
  if (seed.exitCode() === 0) return seed.tail().split("\n").at(-1) ?? "";
  throw new StepFailure(
    `adding the demo ${how}`,
    "the lines above are its own; FLIGHTDECK_DEMO=0 starts without the demo",
    seed.tail(),
  );
}

/** Who can sign in, for the terminal. */
export function describeDemoSignIns(): string {
  const nameOf = (slug: string) => demoTenants.find((tenant) => tenant.slug === slug)?.name ?? slug;
  const lines = demoUsers.map(({ email, memberships }) => {
    const scope = memberships.map(({ tenant, role }) => `${nameOf(tenant)} (${role})`).join(", ");
    return `  ${email.padEnd(24)}${scope}`;
  });
  return [`sign in with one click, or with the password ${demoPassword}:`, ...lines].join("\n");
}

/** The seed marks each tenant when it is complete, so that a document which somebody deletes later stays deleted. */
async function isSeeded(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('role', $1, true)", [PROVISION_ROLE]);
    const { rows } = await client.query<{ complete: boolean | null }>(
      "select bool_and(settings ? 'demoSeededAt') as complete from flightdeck.tenants where demo",
    );
    return rows[0]?.complete === true;
  } finally {
    await client.end();
  }
}
