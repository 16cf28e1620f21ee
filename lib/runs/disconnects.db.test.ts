import { readdirSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunCluster, inputFor, type RunCluster, until } from "@/test/run-cluster";
import { ScriptedAgent, streamText } from "@/test/scripted-agent";
import { type Served, serve } from "@/test/serve";
import { writeServerSentEvents } from "./event-stream";
import type { PostgresAgentRunner } from "./runner";

/** Readers over real sockets, which are torn away and not closed. */
let cluster: RunCluster;
let node: PostgresAgentRunner;
let server: Served;

beforeAll(async () => {
  cluster = await createRunCluster();
  node = await cluster.startNode(cluster.ada);
  const served = (incoming: Request) =>
    node.serve(async () => {
      const { threadId } = (await incoming.json()) as { threadId: string };
      node.connect({ threadId });
      return new Response(null, { headers: { "content-type": "text/event-stream" } });
    });
  server = await serve(served, 0, (incoming, outgoing) =>
    incoming.url === "/raw" ? raw(incoming, outgoing) : undefined,
  );
});

/** As the gateway does it: on Node's own response. */
async function raw(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { threadId } = JSON.parse(await text(incoming)) as { threadId: string };
  const frames = await node.stream(async () => node.connect({ threadId }));
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  await writeServerSentEvents(outgoing, frames, 15_000);
}

afterAll(async () => {
  await server.close();
  await cluster.closeNodes();
  await cluster.drop();
});

/** Asks to follow the thread and tears the connection, before the answer or after its first bytes. */
function connectAndTear(path: string, threadId: string, when: "at once" | "while reading"): Promise<void> {
  return new Promise((resolve) => {
    const asked = request(`${server.url}${path}`, { method: "POST", agent: false }, (response) => {
      response.once("data", () => asked.destroy());
      response.on("error", () => {});
    });
    asked.on("error", () => {});
    asked.on("close", resolve);
    asked.end(JSON.stringify({ threadId }), () => when === "at once" && asked.destroy());
  });
}

/** Open descriptors of this process, where the system tells. */
const descriptors = () => (process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0);

test.each([
  ["on Node's response", "/raw"],
  ["through a web stream", "/"],
])(
  "a thousand connections torn %s leave no listener, no descriptor and no connection to the database behind",
  {
    timeout: 120_000,
  },
  async (_, path) => {
    const threadId = await cluster.createThread(cluster.ada);
    const agent = new ScriptedAgent(async function* (stage) {
      yield* streamText(stage, "long", 100_000, 5);
    });
    node
      .run({ threadId, agent, input: inputFor(threadId, "go") })
      .subscribe()
      .unsubscribe();
    await until(() => node.activity.executing === 1);
    const round = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, i) => connectAndTear(path, threadId, i % 4 ? "while reading" : "at once")),
      );
    // The first ones open the pool's connections, which stay.
    await round();
    await until(() => node.readers === 0);
    const before = { descriptors: descriptors(), pool: cluster.database.pool.totalCount };
    for (let i = 0; i < 20; i++) await round();
    await until(() => node.readers === 0, 30_000);
    await until(() => descriptors() <= before.descriptors + cluster.database.pool.totalCount - before.pool, 30_000);
    expect(cluster.database.pool.waitingCount).toBe(0);
    await until(() => cluster.database.pool.idleCount >= cluster.database.pool.totalCount - 1);
    expect(node.activity).toEqual({ executing: 1, feeds: 1 });
    expect(agent.aborted).toBe(0);
    await node.stop({ threadId });
    await until(() => node.activity.executing === 0 && node.activity.feeds === 0);
    expect(agent.aborted).toBe(1);
  },
);
