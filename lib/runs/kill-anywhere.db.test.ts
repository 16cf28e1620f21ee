import { type ChildProcess, spawn } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { verifyEvents } from "@ag-ui/client";
import { type AGUIEvent, type BaseEvent, EventType } from "@ag-ui/core";
import { sql } from "drizzle-orm";
import { from, lastValueFrom } from "rxjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NUMBERED_EVENTS, numberedScript } from "@/test/numbered-script";
import { createRunCluster, inputFor, messagesOf, type RunCluster } from "@/test/run-cluster";
import { seeded } from "@/test/virtual-clock";

/**
 * Real processes on one database, really killed, at every event of a run of 200: from inside, right after the agent said the event, and
 * from outside, when the client has got it. `KILL_POINTS=all` kills at each of the 200 with the limits of production and prints
 * how long it took to be back; otherwise a seeded sample (`KILL_SEED`, printed when it fails).
 */
const ALL = process.env.KILL_POINTS === "all";
const SEED = Number(process.env.KILL_SEED ?? 1);
const SAMPLE = 6;
const AT_ONCE = 4;
// Several processes at once may be late on two cores; one that loses its lease is succeeded while it lives, which is another test.
const LIMITS = ALL ? {} : { leaseMs: 6_000, heartbeatMs: 300, pollMs: 300 };

let cluster: RunCluster;
let survivor: RunnerProcess;
const children = new Set<ChildProcess>();

interface RunnerProcess {
  url: string;
  child: ChildProcess;
}

async function startProcess(): Promise<RunnerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", "test/runner-process.ts"], {
    env: {
      ...process.env,
      FLIGHTDECK_DATABASE_URL: cluster.database.url,
      RUNNER_CALLER: JSON.stringify(cluster.ada),
      RUNNER_LIMITS: JSON.stringify(LIMITS),
      // With allowJs, which Next wants, the loader takes a TypeScript source for each JavaScript file, in packages too.
      TSX_TSCONFIG_PATH: "test/tsconfig.process.json",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (line: Buffer) => resolve(line.toString().trim()));
    child.once("exit", () => reject(new Error("the process ended before it listened")));
  });
  return { url, child };
}

beforeAll(async () => {
  cluster = await createRunCluster();
  survivor = await startProcess();
}, 120_000);

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await cluster.drop();
});

/** The events of a response until it ends or breaks, or `enough` says so of what has come. */
async function read(
  { url }: RunnerProcess,
  path: string,
  body: unknown,
  enough: (events: AGUIEvent[]) => void = () => {},
): Promise<AGUIEvent[]> {
  const events: AGUIEvent[] = [];
  let rest = "";
  try {
    const response = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = `${rest}${chunk}`.split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) if (frame.startsWith("data: ")) events.push(JSON.parse(frame.slice(6)) as AGUIEvent);
      enough(events);
    }
  } catch {
    // Its process was killed.
  }
  return events;
}

/** What the run itself said, as the log counts it: without what a rejoining client is told first. */
const ofTheRun = (events: AGUIEvent[]) =>
  events.filter(({ type }) => type !== EventType.MESSAGES_SNAPSHOT && type !== EventType.STATE_SNAPSHOT);

async function logOf(threadId: string): Promise<AGUIEvent[]> {
  const { rows } = await cluster.database.doors.withRunner(cluster.ada.tenantId, (tx) =>
    tx.execute<{ seq: number; event: AGUIEvent }>(
      sql`select e.seq, e.event from flightdeck.run_events e join flightdeck.runs r on r.id = e.run_id
        where r.thread_id = ${threadId} order by e.seq`,
    ),
  );
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1));
  return rows.map(({ event }) => event);
}

/** Kills the owner of a run at its event `point`, rejoins on the survivor, and returns how long it took to have everything again. */
async function killAt(point: number, how: "inside" | "outside"): Promise<number> {
  const owner = await startProcess();
  const exited = new Promise((resolve) => owner.child.once("exit", resolve));
  const threadId = await cluster.createThread(cluster.ada);
  const props = how === "inside" ? { dieAt: point } : { holdAt: point };
  const before = ofTheRun(
    await read(owner, "/run", inputFor(threadId, "go", { forwardedProps: props }), (events) => {
      if (how === "outside" && events.length >= point) owner.child.kill("SIGKILL");
    }),
  );
  // One that is alive still has ended the run by itself, which what follows tells.
  owner.child.kill("SIGKILL");
  await exited;
  children.delete(owner.child);

  const started = performance.now();
  let backMs: number | undefined;
  const again = await read(survivor, "/connect", { threadId }, (events) => {
    if (ofTheRun(events).length >= before.length) backMs ??= performance.now() - started;
  });
  backMs ??= performance.now() - started;
  await lastValueFrom(from(again as BaseEvent[]).pipe(verifyEvents(false)), { defaultValue: undefined });

  const log = await logOf(threadId);
  // The prefix of the run that nobody killed, as long as what was delivered or longer …
  expect(log.slice(0, before.length)).toEqual(before);
  const script = [...numberedScript()];
  const said = 1 + log.slice(1).findIndex((event, i) => !isDeepStrictEqual(event, script[i]));
  expect(said).toBeGreaterThanOrEqual(how === "outside" ? point : before.length);
  // … then what closes it, and one ending.
  expect(log.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "interrupted" });
  // What closes a call or a message may be what the agent would have said next.
  const closing = log.slice(how === "outside" ? point : said, -1).map(({ type }) => type);
  for (const type of closing) expect(CLOSERS).toContain(type);
  expect(closing.filter((type) => type === EventType.ACTIVITY_SNAPSHOT)).toHaveLength(1);
  // Who rejoins before the survivor has noticed follows event by event, who comes later gets what it all amounts to.
  if (again.at(-1)?.type === EventType.RUN_ERROR) expect(ofTheRun(again)).toEqual(log);
  expect(messagesOf(again)).toEqual(messagesOf(log));
  return backMs;
}

const CLOSERS: EventType[] = [
  EventType.TOOL_CALL_END,
  EventType.TOOL_CALL_RESULT,
  EventType.TEXT_MESSAGE_END,
  EventType.STEP_FINISHED,
  EventType.ACTIVITY_SNAPSHOT,
];

test("the run has two hundred events", async () => {
  const threadId = await cluster.createThread(cluster.ada);
  const events = await read(survivor, "/run", inputFor(threadId, "go", { forwardedProps: {} }));
  expect(events).toHaveLength(NUMBERED_EVENTS);
  expect(NUMBERED_EVENTS).toBe(200);
});

test("killed at any event, the run is on another process what it was, without a gap or a duplicate, and properly ended", {
  timeout: 3_600_000,
}, async () => {
  const points = pickPoints();
  const back: number[] = [];
  const next = async () => {
    for (let kill = points.shift(); kill; kill = points.shift()) {
      try {
        back.push(await killAt(kill.point, kill.how));
      } catch (error) {
        throw new Error(`killed from ${kill.how} at event ${kill.point} (KILL_SEED=${SEED})`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (ALL) {
    back.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((share) => Math.round(back[Math.floor(share * back.length)] ?? 0));
    console.log(`killed at ${back.length} events: 0 gaps, 0 duplicates; back after ${p50} ms (p50), ${p95} ms (p95)`);
    expect(p95).toBeLessThanOrEqual(2_000);
  }
});

test("a process that is suspended, taken over and continued adds nothing to the run: one outcome, also for who stayed with it", {
  timeout: 90_000,
}, async () => {
  const SLEEP_AT = 60;
  const owner = await startProcess();
  const threadId = await cluster.createThread(cluster.ada);
  const body = inputFor(threadId, "go", { forwardedProps: { sleepAt: SLEEP_AT } });
  const asleep = Promise.withResolvers<void>();
  const stayed = read(owner, "/run", body, (events) => {
    if (events.length >= SLEEP_AT) asleep.resolve();
  });
  await asleep.promise;
  owner.child.kill("SIGSTOP");

  const rejoined = await read(survivor, "/connect", { threadId });
  const log = await logOf(threadId);
  expect(log.at(-1)).toMatchObject({ type: EventType.RUN_ERROR, code: "interrupted" });
  expect(messagesOf(rejoined)).toEqual(messagesOf(log));

  // The agent goes on with its other events now, and its process tries to append them.
  owner.child.kill("SIGCONT");
  const seen = await stayed;
  expect(seen.at(-1)).toEqual(log.at(-1));
  expect(messagesOf(seen)).toEqual(messagesOf(log));
  await lastValueFrom(from(seen as BaseEvent[]).pipe(verifyEvents(false)), { defaultValue: undefined });
  expect(await logOf(threadId)).toEqual(log);
});

/** The last event is the end, after which there is nothing to kill. */
function pickPoints(): { point: number; how: "inside" | "outside" }[] {
  const how = (i: number) => (i % 2 === 0 ? "inside" : "outside");
  const last = NUMBERED_EVENTS - 1;
  if (ALL) return Array.from({ length: last }, (_, i) => ({ point: i + 1, how: i === 0 ? "outside" : how(i) }));
  const random = seeded(SEED);
  return Array.from({ length: SAMPLE }, (_, i) => ({ point: 2 + Math.floor(random() * (last - 1)), how: how(i) }));
}
