// `npm start` under the pinned Node: build, Postgres, migrations, demo, agent backend, web; then it watches over them.
import { root, serveFromCheckout } from "../bootstrap/checkout.mjs";
import type { Lock } from "../bootstrap/lock-file.mjs";
import { printFailure, step } from "../bootstrap/step.mjs";
import { buildWeb } from "./build";
import { type DatabaseAccess, migrate } from "./database";
import { describeDemoSignIns, seedDemo } from "./demo";
import { lockHome } from "./home-lock";
import { Parts, Stopped } from "./parts";
import { agentBackendPort, postgresPort, requireFreePorts } from "./ports";
import { embeddedPostgresRuns, makeHome, startEmbeddedPostgres } from "./postgres/embedded";
import { type Service, startAgentBackend, startWeb } from "./services";
import { readSettings, type Settings } from "./settings";

/** A stop that takes longer is ended by force. */
const STOP_TIMEOUT_MS = 4_500;

const parts = new Parts();
const locks: Lock[] = [];
let exiting = false;

async function launch(): Promise<void> {
  const settings = readSettings(root, process.argv.slice(2));
  makeHome(settings.home);
  locks.push(await lockHome(settings));
  await requireFreePorts(await wantedPorts(settings), settings.port);
  const { home, logs } = settings;
  if (!settings.dev) await step("build", (say) => buildWeb({ root, home, logs, parts, say }));
  const serving = serveFromCheckout(settings.port);
  if (serving) locks.push(serving);
  const database = await prepareDatabase(settings);
  await step("start", () => startServices(settings, database));
  locks[0]?.describe({ children: parts.describe() });
  console.log(`ready: http://localhost:${settings.port}`);
  if (settings.demo && database.adminUrl) console.log(describeDemoSignIns());
}

async function wantedPorts(settings: Settings) {
  const { port, home } = settings;
  const wanted = [{ port, by: "web" }];
  if (!settings.agentBackendUrl) wanted.push({ port: agentBackendPort(port), by: "agent backend" });
  if (!settings.databaseUrl && !(await embeddedPostgresRuns(home)))
    wanted.push({ port: postgresPort(port), by: "embedded Postgres" });
  return wanted;
}

async function prepareDatabase(settings: Settings): Promise<DatabaseAccess> {
  let databaseUrl = settings.databaseUrl;
  if (!databaseUrl) {
    await step("postgres", async (say) => {
      say("starting Postgres");
      const server = await startEmbeddedPostgres(settings.home, postgresPort(settings.port));
      await parts.addDatabase({ name: "Postgres", ...server });
      databaseUrl = server.adminUrl;
      return server.adopted ? `adopted the running server on port ${server.port}` : `on port ${server.port}`;
    });
  }
  let access: DatabaseAccess | undefined;
  await step("migrate", async (say) => {
    say("waiting for the migration lock");
    access = await migrate(databaseUrl ?? "", settings.directDatabaseUrl);
    return access.adminUrl ? "the database is up to date" : "left to the operator: this login may not create roles";
  });
  const database = access as DatabaseAccess;
  if (settings.demo) await step("seed", (say) => seedDemo(settings, database, parts, say));
  return database;
}

async function startServices(settings: Settings, database: DatabaseAccess): Promise<string> {
  const services: Service[] = [];
  if (!settings.agentBackendUrl)
    services.push(startAgentBackend(settings, database, (line) => show("agent-backend", line)));
  services.push(startWeb(settings, database, (line) => show("web", line)));
  for (const { child } of services) await parts.addClient(child);
  await Promise.all(services.map(({ ready }) => ready));
  return services.map(({ child }) => child.name).join(", ");
}

/** The services' output is in their log files from the start, and on the terminal once the start is through. */
function show(name: string, line: string): void {
  if (up && !exiting) console.log(`${name} | ${line}`);
}

async function exit(code: number): Promise<never> {
  exiting = true;
  // Nothing that goes wrong while stopping, like a home that somebody deleted, may leave a process behind.
  setTimeout(() => {
    parts.kill();
    process.exit(code);
  }, STOP_TIMEOUT_MS);
  try {
    locks[0]?.describe({ stopping: true });
  } catch (error) {
    console.error(`${(error as Error).message}; stopping all the same`);
  }
  await parts.stop(launched);
  for (const lock of locks) lock.release();
  process.exit(code);
}

function stopOnRequest(): void {
  if (exiting) return;
  if (up) console.log("stopping …");
  void exit(0);
}

// A terminal or pipe that is gone must not end the node halfway through its shutdown.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
let up = false;
const launched = launch();
process.on("SIGINT", stopOnRequest).on("SIGTERM", stopOnRequest);
// The process that started this one was killed: whoever did that wants all of it gone.
process.on("disconnect", stopOnRequest);

try {
  await launched;
  up = true;
  const { part, how } = await parts.firstEnd();
  if (!exiting) {
    if (part.tail) console.error(part.tail().replace(/^/gm, `${part.name} | `));
    console.error(`${part.name} ${how} unexpectedly; stopping the rest`);
    await exit(1);
  }
} catch (error) {
  if (!exiting) {
    if (!(error instanceof Stopped)) printFailure(error);
    await exit(1);
  }
}
