// One web node of the fairness bench, in a process of its own: the real gateway and runner over a database of its own, with two tenants.
import { freePort } from "@/test/free-port";
import type { Instructions, Ready } from "./messages";

process.env.PORT = String(await freePort());
// What is measured is the tenants' share, not a person's.
process.env.FLIGHTDECK_RUNS_PER_MINUTE = "1000000";
process.env.FLIGHTDECK_REQUESTS_PER_MINUTE = "1000000";
process.env.LOG_LEVEL = "silent";

// The app reads its settings when it is imported.
const { startCopilotRoutes } = await import("@/test/copilot-routes");
const { requireIdentity } = await import("@/lib/gateway/identity");
const { paceRuns } = await import("@/lib/gateway/pace-runs");
const { ScriptedAgent } = await import("@/lib/copilots/scripted");
const { createPostgresRunner } = await import("@/lib/runs/runner");
const { changeSettings } = await import("@/lib/settings/change-settings");
const { createThread } = await import("@/lib/threads/create-thread");
const { createPool } = await import("@/db/pool");
const { createDoors } = await import("@/db/with-tenant");

const { node, serveWith } = await startCopilotRoutes(Number(process.env.PORT));
const pool = createPool(node.database.url, 6);
const runner = createPostgresRunner({
  doors: createDoors(() => pool),
  directUrl: node.database.url,
  identity: requireIdentity,
});
serveWith({
  runner,
  agents: () => ({ scripted: new ScriptedAgent() }),
  paceRuns,
  health: () => ({ status: "ok" }),
});
await runner.start();

const admins = {
  acme: { tenantId: node.tenants.acme, userId: node.users.ada, role: "admin" },
  globex: { tenantId: node.tenants.globex, userId: node.users.gus, role: "admin" },
} as const;

process.on("message", async ({ runsAtOnce, threads }: Instructions) => {
  for (const admin of Object.values(admins)) await changeSettings(admin, { runsAtOnce });
  const make = (admin: (typeof admins)["acme" | "globex"], count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await createThread(admin, "scripted")).id));
  const made = { acme: await make(admins.acme, threads.acme), globex: await make(admins.globex, threads.globex) };
  const bearers = { acme: await node.bearerOf("ada"), globex: await node.bearerOf("gus") };
  process.send?.({ url: node.url, threads: made, bearers } satisfies Ready);
});
process.on("disconnect", async () => {
  await runner.close(500);
  await node.stop();
  await pool.end();
  process.exit(0);
});
process.send?.("up");
