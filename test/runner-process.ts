// A web process reduced to its runner: `POST /run` and `/connect` over HTTP, for tests that kill it. The agent plays `numberedScript`, and
// forwardedProps say at which event the process ends itself (`dieAt`), or the agent waits to be killed (`holdAt`) or for SIGCONT (`sleepAt`).
import { createPool } from "@/db/pool";
import { createDoors, type TenantContext } from "@/db/with-tenant";
import { createPostgresRunner } from "@/lib/runs/runner";
import { numberedScript } from "./numbered-script";
import { ScriptedAgent } from "./scripted-agent";
import { serve } from "./serve";

const url = process.env.FLIGHTDECK_DATABASE_URL ?? "";
const caller = JSON.parse(process.env.RUNNER_CALLER ?? "{}") as TenantContext;
const limits = JSON.parse(process.env.RUNNER_LIMITS ?? "{}") as object;
const pool = createPool(url, 4);
const runner = createPostgresRunner({ doors: createDoors(() => pool), directUrl: url, identity: () => caller, limits });

const agent = () =>
  new ScriptedAgent(async function* ({ input, wait }) {
    const { dieAt, holdAt, sleepAt } = input.forwardedProps as { dieAt?: number; holdAt?: number; sleepAt?: number };
    // RUN_STARTED is the first event, and the runner's.
    let at = 1;
    if (at === holdAt) await wait(600_000);
    for (const event of numberedScript()) {
      yield event;
      at++;
      if (at === dieAt) process.kill(process.pid, "SIGKILL");
      if (at === holdAt) await wait(600_000);
      if (at === sleepAt) await new Promise<void>((resolve) => void process.once("SIGCONT", () => resolve()));
      // Events are appended while others are made.
      if (at % 7 === 0) await wait(1);
    }
  });

await runner.start();
const served = await serve((request) =>
  runner.serve(async () => {
    const { pathname } = new URL(request.url);
    const body = (await request.json()) as { threadId: string };
    const { threadId } = body;
    if (pathname === "/run") {
      const { input } = await runner.admit({ agentId: "scripted", body });
      runner.run({ threadId, agent: agent(), input });
    } else {
      await runner.authorize({ threadId, access: "read" });
      runner.connect({ threadId });
    }
    return new Response(null, { headers: { "content-type": "text/event-stream" } });
  }),
);
console.log(served.url);
