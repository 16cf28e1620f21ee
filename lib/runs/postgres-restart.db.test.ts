import { rmSync } from "node:fs";
import { type AGUIEvent, EventType } from "@ag-ui/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/launch/postgres/embedded";
import { makeHome } from "@/test/flightdeck";
import { freePort } from "@/test/free-port";
import { ask, collect, createRunCluster, inputFor, messagesOf, type RunCluster, until } from "@/test/run-cluster";
import { ScriptedAgent, streamText, text } from "@/test/scripted-agent";

/** A Postgres of this file's own, which is really stopped and started in the middle of a run. */
let home: string;
let port: number;
let postgres: EmbeddedPostgres;
let cluster: RunCluster;
const shared = process.env.TEST_DATABASE_URL;

beforeAll(async () => {
  home = makeHome();
  port = await freePort();
  postgres = await startEmbeddedPostgres(home, port);
  process.env.TEST_DATABASE_URL = postgres.adminUrl;
  cluster = await createRunCluster();
  cluster.database.pool.on("error", () => {});
}, 120_000);

afterAll(async () => {
  await cluster.closeNodes();
  await cluster.drop();
  process.env.TEST_DATABASE_URL = shared;
  await postgres.stop(5_000);
  rmSync(home, { recursive: true, force: true });
});

test("Postgres goes away in the middle of a run: what was told is kept, readers are sent away, and the answer ends whole", {
  timeout: 120_000,
}, async () => {
  const { ada } = cluster;
  const limits = { stalledMs: 400, leaseMs: 60_000 };
  const node = await cluster.startNode(ada, { limits });
  const other = await cluster.startNode(ada, { limits });
  const threadId = await cluster.createThread(ada);
  let talking = true;
  let count = 0;
  // It talks until it is told that Postgres is back, however long that takes on this machine.
  const agent = new ScriptedAgent(async function* (stage) {
    yield* streamText(stage, "before", 40, 5);
    yield text.start("during");
    while (talking) {
      yield text.delta("during", `t${count++} `);
      await stage.wait(5);
    }
    yield text.end("during");
    yield* streamText(stage, "after", 20, 5);
  });
  const told: AGUIEvent[] = [];
  const watching = new Promise<void>((resolve) =>
    ask(node, agent, inputFor(threadId, "go")).subscribe({
      next: (event) => told.push(event as AGUIEvent),
      error: () => resolve(),
      complete: () => resolve(),
    }),
  );
  await until(
    () => told.some((event) => event.type === EventType.TEXT_MESSAGE_START && event.messageId === "during"),
    30_000,
  );

  await postgres.stop(5_000);
  // Its stream ends without an ending: the client takes that for a broken connection, and says so while it tries to rejoin.
  await watching;
  expect(told.at(-1)?.type).not.toBe(EventType.RUN_FINISHED);
  await expect(other.authorize({ threadId, access: "read" })).rejects.toThrow();
  expect(node.activity.executing).toBe(1);

  postgres = await startEmbeddedPostgres(home, port);
  await until(
    () =>
      other.authorize({ threadId, access: "read" }).then(
        () => true,
        () => false,
      ),
    30_000,
  );
  const rejoined = collect(other.connect({ threadId }));
  talking = false;
  const events = await rejoined;
  expect(events.at(-1)?.type).toBe(EventType.RUN_FINISHED);
  const said = (messages: AGUIEvent[], id: string) =>
    String(messagesOf(messages).find((message) => message.id === id)?.content ?? "");
  const tokens = (count: number) => Array.from({ length: count }, (_, i) => `t${i} `).join("");
  expect(said(events, "before")).toBe(tokens(40));
  expect(said(events, "during")).toBe(tokens(count));
  expect(said(events, "after")).toBe(tokens(20));
  for (const id of ["before", "during"]) expect(said(events, id).startsWith(said(told, id))).toBe(true);
  expect(messagesOf(await collect(other.connect({ threadId })))).toEqual(messagesOf(events));
});
