import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { VirtualClock } from "@/test/virtual-clock";
import { defaultLimits } from "./limits";
import { isTransient, LogWriter } from "./log-writer";
import type { Append, Appended, RunEnd, RunRef } from "./store";

type Answer = "ok" | "lost" | Error | ((batch: Append[]) => "ok" | Error);

/** A writer on a store that answers as told, one answer a statement, then always "ok"; a statement takes so many turns. */
function writer(answers: Answer[] = [], limits = {}, turns = 1) {
  const clock = new VirtualClock();
  const statements: { tenantId: string; rows: string[] }[] = [];
  const stored: string[] = [];
  const heard: string[] = [];
  let running = 0;
  let runningMax = 0;
  const append = async (tenantId: string, batch: Append[]): Promise<Appended[]> => {
    runningMax = Math.max(runningMax, ++running);
    for (let i = 0; i < turns; i++) await nextTurn();
    running--;
    const rows = batch.flatMap(({ run, entries, end }) => [
      ...entries.map(({ seq }) => `${run.runId}.${seq}`),
      ...(end ? [`${run.runId}.end`] : []),
    ]);
    statements.push({ tenantId, rows });
    const next = answers.shift() ?? "ok";
    const answer = typeof next === "function" ? next(batch) : next;
    if (answer instanceof Error) throw answer;
    if (answer === "ok") stored.push(...rows);
    return batch.map(({ run }) => ({
      runId: run.runId,
      outcome: answer === "ok" ? "stored" : "lost",
      stopRequested: false,
    }));
  };
  /** Lets time pass, and every statement that is under way come back. */
  const pass = async (ms: number) => {
    await clock.advance(ms);
    for (let i = 0; i < 10; i++) await nextTurn();
  };
  const logWriter = new LogWriter({ append }, clock, { ...defaultLimits, ...limits }, 2);
  const open = (runId: string, tenantId = "acme") => {
    const run: RunRef = { tenantId, userId: "u", threadId: "t", runId, clientRunId: "r", agent: "a", token: 1 };
    return logWriter.open(run, 0, {
      stored: (entries) => heard.push(...entries.map(({ seq }) => `${runId}.${seq}`)),
      ended: () => heard.push(`${runId}.end`),
      stopRequested: () => heard.push(`${runId}.stop`),
      lost: () => heard.push(`${runId}.lost`),
      stalled: () => heard.push(`${runId}.stalled`),
      refused: () => heard.push(`${runId}.refused`),
      overflowed: () => heard.push(`${runId}.overflowed`),
    });
  };
  return { clock, pass, logWriter, open, statements, stored, heard, runningMax: () => runningMax };
}

const done: RunEnd = { status: "finished", messages: [] };
const broken = () => new Error("connection terminated");
const refused = () => Object.assign(new Error("invalid input"), { code: "22P02" });

test("what gathers while a statement runs goes with the next one, for all runs of the tenant", async () => {
  const { clock, pass, open, statements } = writer([], {}, 2);
  const [a, b] = [open("a"), open("b")];
  a.append("1", true);
  await clock.advance(0);
  expect(statements).toHaveLength(0);
  for (let i = 0; i < 3; i++) for (const log of [a, b]) log.append("x", false);
  await pass(50);
  expect(statements.map(({ rows }) => rows)).toEqual([["a.1"], ["a.2", "a.3", "a.4", "b.1", "b.2", "b.3"]]);
});

test("frames wait a moment for company, urgent events do not", async () => {
  const { pass, open, statements } = writer();
  open("a").append("1", false);
  open("b").append("1", false);
  await pass(1);
  expect(statements).toHaveLength(0);
  await pass(10);
  expect(statements.map(({ rows }) => rows)).toEqual([["a.1", "b.1"]]);
  open("c").append("1", true);
  await pass(0);
  expect(statements).toHaveLength(2);
});

test("nobody hears of an event before it is stored, and a broken connection is only a delay", async () => {
  const { pass, open, heard, stored } = writer([broken(), broken(), broken()]);
  const log = open("a");
  log.append("1", true);
  log.append("2", true);
  await pass(0);
  expect(heard).toEqual([]);
  log.append("3", true);
  log.end(done);
  await pass(2_000);
  expect(stored).toEqual(["a.1", "a.2", "a.3", "a.end"]);
  expect(heard).toEqual(["a.1", "a.2", "a.3", "a.end"]);
});

test("a run that was lost writes nothing more", async () => {
  const { pass, open, heard, stored, logWriter } = writer(["lost"]);
  const log = open("a");
  log.append("1", true);
  await pass(50);
  log.append("2", true);
  log.end(done);
  await pass(50);
  expect(stored).toEqual([]);
  expect(heard).toEqual(["a.lost"]);
  expect(logWriter.busy).toBe(false);
});

test("an event that the database refuses costs its own run, which may still end", async () => {
  const poisoned = (batch: Append[]) => (batch.some(({ run }) => run.runId === "bad") ? refused() : "ok");
  const { pass, open, heard, stored } = writer([poisoned, poisoned, poisoned]);
  const [good, bad] = [open("good"), open("bad")];
  good.append("1", false);
  bad.append("1", false);
  await pass(50);
  expect(stored).toEqual(["good.1"]);
  expect(heard).toEqual(["good.1", "bad.refused"]);
  bad.append("other", true);
  bad.end(done);
  await pass(50);
  expect(stored).toEqual(["good.1", "bad.1", "bad.end"]);
});

test("what waits for the database is bounded", async () => {
  const { pass, open, heard } = writer(Array.from({ length: 50 }, broken), { pendingBytesMax: 100 });
  const log = open("a");
  for (let i = 0; i < 11; i++) log.append("0123456789", true);
  await pass(100);
  expect(heard).toEqual(["a.overflowed"]);
});

test("readers are told once that nothing can be stored, and again only after it could", async () => {
  const { pass, open, heard } = writer(Array.from({ length: 6 }, broken), { stalledMs: 1_000 });
  const log = open("a");
  log.append("1", true);
  await pass(0);
  for (let i = 0; i < 30; i++) await pass(100);
  expect(heard).toEqual(["a.stalled", "a.1"]);
  log.append("2", true);
  await pass(0);
  await pass(2_000);
  expect(heard).toEqual(["a.stalled", "a.1", "a.2"]);
});

test("many tenants share a few connections and all get their turn", async () => {
  const { pass, open, stored, runningMax } = writer([], {}, 2);
  for (let i = 0; i < 20; i++) open(`r${i}`, `tenant${i}`).append("1", true);
  await pass(0);
  for (let i = 0; i < 40; i++) await nextTurn();
  expect(stored).toHaveLength(20);
  expect(runningMax()).toBe(2);
});

test("which errors are worth another try", () => {
  const code = (value: string) => Object.assign(new Error("x"), { code: value });
  for (const error of [
    new Error("timeout"),
    code("57P01"),
    code("08006"),
    code("40P01"),
    code("26000"),
    code("ECONNREFUSED"),
  ])
    expect(isTransient(error)).toBe(true);
  for (const error of [code("22P02"), code("23505"), code("42501"), new Error("query", { cause: code("22021") })])
    expect(isTransient(error)).toBe(false);
});
