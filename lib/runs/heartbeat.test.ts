import { expect, test } from "vitest";
import { VirtualClock } from "@/test/virtual-clock";
import { NodeHeartbeat } from "./heartbeat";
import type { Heartbeat, HeldRun } from "./store";

const held = (runId: string): HeldRun => ({ runId, tenantId: "t", token: 1, stopRequested: false });

/** A node that beats every 100 ms, and what it is told: by what the database says, and what it knows itself. */
function beating() {
  const clock = new VirtualClock();
  const told: string[] = [];
  const node = { known: [] as string[], executing: [] as string[] };
  const database = { answer: async (): Promise<Heartbeat> => ({ mine: [], orphans: [] }) };
  const heartbeat = new NodeHeartbeat(
    "n",
    { heartbeat: () => database.answer() },
    clock,
    { leaseMs: 1_000, heartbeatMs: 100 },
    {
      stop: (runId) => told.push(`stop ${runId}`),
      held: ({ runId }) => told.push(`held ${runId}`),
      lost: (runId) => told.push(`lost ${runId}`),
      orphan: ({ runId }) => told.push(`orphan ${runId}`),
      known: () => node.known,
      executing: () => node.executing,
      failed: (error) => told.push(String(error)),
    },
  );
  return { clock, told, node, database, heartbeat };
}

test("a run whose admission outlasts two heartbeats is not taken for a lost one when it begins under a third", async () => {
  const { clock, told, node, database, heartbeat } = beating();
  await heartbeat.start();
  node.known = ["slow"];
  await clock.advance(250);
  expect(told).toEqual([]);
  // The statement saw the table before the admission was stored, and its answer comes after the run has begun.
  const answered = Promise.withResolvers<Heartbeat>();
  database.answer = () => answered.promise;
  await clock.advance(100);
  node.executing = ["slow"];
  answered.resolve({ mine: [], orphans: [] });
  await clock.advance(0);
  database.answer = async () => ({ mine: [held("slow")], orphans: [] });
  await clock.advance(500);
  expect(told).toEqual([]);
});

test("a run that the database twice gives to somebody else is lost, and one that it twice calls this node's is held", async () => {
  const { clock, told, node, database, heartbeat } = beating();
  await heartbeat.start();
  node.known = ["taken"];
  node.executing = ["taken"];
  database.answer = async () => ({ mine: [held("forgotten")], orphans: [] });
  await clock.advance(100);
  expect(told).toEqual([]);
  await clock.advance(100);
  expect(told).toEqual(["held forgotten", "lost taken"]);
});
