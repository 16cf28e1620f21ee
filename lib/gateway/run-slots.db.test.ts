import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunCluster, inputFor, type RunCluster } from "@/test/run-cluster";
import { type RunShare, RunSlots } from "./run-slots";

let cluster: RunCluster;

beforeAll(async () => {
  cluster = await createRunCluster();
});
afterAll(async () => {
  await cluster.closeNodes();
  await cluster.drop();
});

/** With a lease that a busy machine does not miss: no node shall take another's runs over here. */
const startNode = () => cluster.startNode(cluster.ben, { limits: { leaseMs: 60_000 } });

/** As many nodes as asked for, each of which asks for one run, and stores it only when all of them have found room. */
async function admitTogether(count: number, share: RunShare): Promise<PromiseSettledResult<void>[]> {
  const { promise: allFoundRoom, resolve } = Promise.withResolvers<void>();
  let found = 0;
  // What was admitted is held until everybody has an answer, as a run that goes on would be.
  const { promise: allAnswered, resolve: letGo } = Promise.withResolvers<void>();
  const answers = await Promise.all(
    Array.from({ length: count }, async () => {
      const node = await startNode();
      const slots = new RunSlots(cluster.database.doors);
      const threadId = await cluster.createThread(cluster.ben);
      const answered = Promise.withResolvers<void>();
      const served = node.serve(async () => {
        const admitted = slots.enter(cluster.ben, share, async () => {
          if (++found === count) resolve();
          await allFoundRoom;
          return node.admit({ agentId: "scripted", body: inputFor(threadId, "now") });
        });
        admitted.then(() => answered.resolve(), answered.reject);
        await admitted.then(
          () => allAnswered,
          () => {},
        );
        return new Response(null);
      });
      return { answered: answered.promise, served };
    }),
  );
  const outcomes = await Promise.allSettled(answers.map(({ answered }) => answered));
  letGo();
  await Promise.all(answers.map(({ served }) => served));
  return outcomes;
}

const leftOver = async () => {
  const [row] = await cluster.database.doors.withRunner(cluster.ben.tenantId, async (tx) => {
    const { rows } = await tx.execute<{ runs: number; messages: number }>(
      sql`select (select count(*)::int from flightdeck.runs) as runs, (select count(*)::int from flightdeck.messages) as messages`,
    );
    return rows;
  });
  return row;
};

test.each([
  { tenant: 1, member: null },
  { tenant: null, member: 1 },
  { tenant: 2, member: 2 },
])(
  "nodes that find room at the same moment together admit no more than %o, and nothing stays of the rest",
  async (share) => {
    const outcomes = await admitTogether(4, share);
    const admitted = outcomes.filter(({ status }) => status === "fulfilled");
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(admitted.length).toBeLessThanOrEqual(share.tenant ?? share.member ?? 0);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: "rate_limited", retryAfterMs: expect.any(Number) });
    expect(await leftOver()).toEqual({ runs: 0, messages: 0 });
  },
);

test("who finds no room looks once more, and goes in when there is some by then", async () => {
  const node = await startNode();
  const share = { tenant: null, member: 1 };
  const [one, two] = [await cluster.createThread(cluster.ben), await cluster.createThread(cluster.ben)];
  const { promise: oneMayEnd, resolve: endOne } = Promise.withResolvers<void>();
  const { promise: oneIsIn, resolve: oneEntered } = Promise.withResolvers<void>();
  let nowMs = 0;
  const pause = async () => {
    nowMs += 1_000;
    endOne();
    await served;
  };
  const slots = new RunSlots(cluster.database.doors, () => nowMs, pause);
  const enter = (threadId: string) =>
    slots.enter(cluster.ben, share, () => node.admit({ agentId: "scripted", body: inputFor(threadId, "now") }));
  const served = node.serve(async () => {
    await enter(one);
    oneEntered();
    await oneMayEnd;
    return new Response(null);
  });
  await oneIsIn;
  await node.serve(async () => {
    await enter(two);
    return new Response(null);
  });
  expect(nowMs).toBe(1_000);
  expect(await leftOver()).toEqual({ runs: 0, messages: 0 });
});

test("a node that is alone at the door admits exactly the share, whether it is asked once or all at once", async () => {
  const node = await startNode();
  const slots = new RunSlots(cluster.database.doors, undefined, async () => {});
  const threads = await Promise.all(Array.from({ length: 5 }, () => cluster.createThread(cluster.ben)));
  const { promise: allAnswered, resolve: letGo } = Promise.withResolvers<void>();
  const outcomes: Promise<boolean>[] = [];
  const served = threads.map((threadId) =>
    node.serve(async () => {
      const admitted = slots
        .enter(cluster.ben, { tenant: 2, member: null }, () =>
          node.admit({ agentId: "scripted", body: inputFor(threadId, "now") }),
        )
        .then(
          () => true,
          () => false,
        );
      outcomes.push(admitted);
      if (await admitted) await allAnswered;
      return new Response(null);
    }),
  );
  expect((await Promise.all(outcomes)).filter(Boolean)).toHaveLength(2);
  letGo();
  await Promise.all(served);
  expect(await leftOver()).toEqual({ runs: 0, messages: 0 });
});
