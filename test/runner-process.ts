// A web process reduced to its runner: `POST /run` and `/connect` over HTTP, for tests that kill it. The agent plays `numberedScript`, and
// forwardedProps say at which event the process ends itself (`dieAt`), or the agent waits to be killed (`holdAt`) or for SIGCONT (`sleepAt`).
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { createPool } from "@/db/pool";
import { createDoors, type TenantContext } from "@/db/with-tenant";
import { writeServerSentEvents } from "@/lib/runs/event-stream";
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

/** As the gateway does it. */
async function stream(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = (await json(incoming)) as { threadId: string };
  const { threadId } = body;
  const frames = await runner.stream(async () => {
    if (incoming.url === "/run") {
      const { input } = await runner.admit({ agentId: "scripted", body });
      runner.run({ threadId, agent: agent(), input });
    } else {
      runner.connect({ threadId: await runner.openThread({ threadId }) });
    }
  });
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  await writeServerSentEvents(outgoing, frames, 15_000);
}

const served = await serve(async () => new Response(null, { status: 404 }), 0, stream);
console.log(served.url);
