// `npm run bench -- runs`: this app and a stock CopilotKit app side by side, production builds, under the same load and in the same browser.
// BENCH_QUICK=1 is one short round, for work on the bench itself; BENCH_PARTS names which parts to run, the others keep their figures.
import { rmSync } from "node:fs";
import { availableParallelism, loadavg, totalmem } from "node:os";
import { freeBasePort } from "@/scripts/launch/ports";
import { createTestDatabase } from "@/test/database";
import { makeHome } from "@/test/flightdeck";
import { launchChromium, measurePage, measureScripts } from "./browser";
import { question } from "./history";
import { type LoadFigures, load, openThread, streamRun } from "./load";
import { type Ours, startOurs } from "./our-side";
import { memoryOf } from "./processes";
import { type Loads, memoryFigures, printVerdicts, roundAll, summarise, whatCame, withEarlier } from "./results";
import type { Side } from "./side";
import { median, rounded } from "./statistics";
import { startStock } from "./stock-side";
import { judge, type Pair, targets, type Verdict } from "./targets";

const QUICK = process.env.BENCH_QUICK === "1";
const ALL_PARTS = "server,matrix,second,browser";
const PARTS = (process.env.BENCH_PARTS ?? ALL_PARTS).split(",");
const ROUNDS = QUICK ? 1 : 3;
const SECONDS = QUICK ? 2 : 4;
const HISTORY = 300;
const METHOD =
  "production builds on one machine over loopback, the load generator and Chromium among them; stock is a new CopilotKit app with its in-memory runner, " +
  "no sign-in and no database, ours has both and Postgres; the scripted agent is the same; rounds alternate between the two, ratios are medians of the rounds' own ratios; " +
  "CPU is that of the web process, Postgres's is in a column of its own";

type Measured = Record<string, number>;

export async function run(): Promise<unknown> {
  const database = await createTestDatabase();
  const logs = makeHome();
  const stops: (() => Promise<void>)[] = [];
  try {
    const stock = await startStock(await freeBasePort(24_000), logs);
    stops.push(stock.stop);
    const ours = await startOurs(database.adminUrl);
    stops.push(ours.stop);
    return await measure(ours, stock);
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
    await database.drop();
    rmSync(logs, { recursive: true, force: true });
  }
}

async function measure(ours: Ours, stock: Side): Promise<unknown> {
  const started = performance.now();
  // Whatever else computes on the machine is in every figure.
  const loadBefore = rounded(loadavg()[0] ?? Number.NaN);
  const postgres = { ours: ours.postgresPid, stock: undefined };
  const atRestMb = { ours: memoryOf(ours.webPid) / 2 ** 20, stock: memoryOf(stock.webPid) / 2 ** 20 };
  const server = PARTS.includes("server");
  const long = server ? { ours: await longThread(ours), stock: await longThread(stock) } : undefined;
  const pairs: Record<string, Pair[]> = {};
  const loads: Record<string, LoadFigures[]> = {};
  const keep = (name: string, side: Side, figures: LoadFigures) => {
    const key = `${name} ${side.name}`;
    loads[key] = [...(loads[key] ?? []), figures];
    return figures;
  };

  const browser = PARTS.includes("browser") ? await launchChromium() : undefined;
  try {
    const serverRound = async (side: Side): Promise<Measured> => {
      const at = (streams: number, rate: number) =>
        load([side], { streams, rate, seconds: SECONDS }, postgres[side.name]).then((figures) =>
          keep(`${streams} × ${rate}`, side, figures),
        );
      return {
        "first token p50, one stream": await orNaN(side, firstToken(side, 0)),
        "first token p50, 300 messages of history": await orNaN(side, firstToken(side, HISTORY)),
        "wire bytes per token at 50 tokens/s": await orNaN(side, wireBytesPerToken(side)),
        "web CPU per 1,000 tokens, 100 × 50": await orNaN(side, at(100, 50), "cpuMsPer1000"),
        "first token p95, 200 streams × 50 tokens/s": await orNaN(side, at(200, 50), "firstTokenP95Ms"),
        "delivered tokens/s, 500 × 20": await orNaN(side, at(500, 20), "deliveredPerS"),
        "reopening 201 runs, last byte": await orNaN(side, reopening(side, long?.[side.name] ?? "")),
      };
    };
    const browserRound = async (side: Side): Promise<Measured> => {
      if (!browser) return {};
      const page = async (rate: number, typing: boolean) =>
        measurePage(browser, side, { threadId: await side.storeThread(HISTORY), rate, typing });
      const reading = await page(300, false).catch(failed(side));
      const typing = await page(1_000, true).catch(failed(side));
      return {
        "browser task time, 300 tokens/s, 300 messages": reading?.taskMs ?? Number.NaN,
        "blocking time, 1,000 tokens/s, 300 messages": typing?.blockingMs ?? Number.NaN,
        "dropped frames, 1,000 tokens/s, 300 messages": (typing?.droppedShare ?? Number.NaN) * 100,
        "keystroke p95, 1,000 tokens/s, 300 messages": typing?.keystrokeP95Ms ?? Number.NaN,
        "opening 300 messages, last byte to settled": (reading ?? typing)?.settledMs ?? Number.NaN,
      };
    };

    for (const side of [ours, stock]) await load([side], { streams: 50, rate: 20, seconds: 2 });
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 === 0 ? [ours, stock] : [stock, ours];
      if (server) await keepRound(pairs, order, serverRound, round);
      if (browser) await keepRound(pairs, order, browserRound, round);
    }
    const scripts = browser && {
      ours: await measureScripts(browser, ours),
      stock: await measureScripts(browser, stock),
    };
    if (scripts)
      pairs["first-load JS before the chat opens"] = [
        { ours: scripts.ours.firstLoadKb, stock: scripts.stock.firstLoadKb },
      ];
    const reopened = long && { ours: await openThread(ours, long.ours), stock: await openThread(stock, long.stock) };
    if (PARTS.includes("matrix")) await moreLoads(ours, stock, keep);
    const second = PARTS.includes("second") ? await secondProcess(ours).catch(failed(ours)) : undefined;

    const verdicts = Object.fromEntries(
      Object.keys(targets).flatMap((name) => {
        const sound = (pairs[name] ?? []).filter((pair) => Number.isFinite(pair.ours) && Number.isFinite(pair.stock));
        return sound.length > 0 ? [[name, judge(name, sound)]] : [];
      }),
    ) as Record<string, Verdict>;
    printVerdicts(verdicts);
    return withEarlier(PARTS.join() === ALL_PARTS, {
      machine: `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform}${browser ? `, Chromium ${browser.version()}` : ""}`,
      method: METHOD,
      loadBefore,
      rounds: ROUNDS,
      tookS: Math.round((performance.now() - started) / 1000),
      againstStock: verdicts,
      loads: summarise(loads),
      ...(reopened
        ? { reopening201Runs: { ours: whatCame(reopened.ours, 201), stock: whatCame(reopened.stock, 100) } }
        : {}),
      ...(server ? { webMemoryMb: memoryFigures(atRestMb, loads) } : {}),
      ...(scripts ? { scriptsKb: { ours: roundAll(scripts.ours), stock: roundAll(scripts.stock) } } : {}),
      ...(second ? { secondWebProcess: second } : {}),
    });
  } finally {
    await browser?.close();
  }
}

async function keepRound(
  pairs: Record<string, Pair[]>,
  order: Side[],
  measureSide: (side: Side) => Promise<Measured>,
  round: number,
): Promise<void> {
  const measured: Partial<Record<Side["name"], Measured>> = {};
  for (const side of order) measured[side.name] = await measureSide(side);
  for (const [name, value] of Object.entries(measured.ours ?? {})) {
    const pair = { ours: value, stock: measured.stock?.[name] ?? Number.NaN };
    pairs[name] = [...(pairs[name] ?? []), pair];
    console.log(`  round ${round + 1}  ${name.padEnd(48)} ours ${rounded(pair.ours)}  stock ${rounded(pair.stock)}`);
  }
}

/** One measure that fails is told and missing; the others are still worth having. */
const failed = (side: Side) => (error: Error) => {
  console.log(`  ${side.name} failed: ${error.message}`);
  return undefined;
};

async function orNaN(side: Side, measuring: Promise<number>): Promise<number>;
async function orNaN(side: Side, measuring: Promise<LoadFigures>, figure: keyof LoadFigures): Promise<number>;
async function orNaN(
  side: Side,
  measuring: Promise<number | LoadFigures>,
  figure?: keyof LoadFigures,
): Promise<number> {
  const measured = await measuring.catch(failed(side));
  if (measured === undefined) return Number.NaN;
  return typeof measured === "number" ? measured : measured[figure as keyof LoadFigures];
}

async function firstToken(side: Side, history: number): Promise<number> {
  const threads = await side.makeThreads(history > 0 ? 12 : 20, history);
  const times: number[] = [];
  for (const thread of threads)
    times.push((await streamRun(side, thread, question("Go on"), { n: 3, rate: 50, stamp: true })).firstTokenMs);
  return median(times);
}

async function wireBytesPerToken(side: Side): Promise<number> {
  const [thread] = await side.makeThreads(1, 0);
  if (!thread) throw new Error("no conversation");
  const perf = { n: 50 * SECONDS, rate: 50, size: 5 };
  return (await streamRun(side, thread, question("Go on"), perf)).wireBytes / perf.n;
}

/** One run of 5,000 tokens and two hundred of 200. */
async function longThread(side: Side): Promise<string> {
  const [thread] = await side.makeThreads(1, 0);
  if (!thread) throw new Error("no conversation");
  for (let i = 0; i <= 200; i++)
    await streamRun(side, thread, question(`Question ${i}`), { n: i === 0 ? 5_000 : 200, rate: 0, md: true, seed: i });
  return thread.id;
}

async function reopening(side: Side, threadId: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 7; i++) times.push((await openThread(side, threadId)).endMs);
  return median(times);
}

/** The loads that no target names, one round of each. */
async function moreLoads(
  ours: Ours,
  stock: Side,
  keep: (name: string, side: Side, figures: LoadFigures) => LoadFigures,
): Promise<void> {
  const seconds = 3;
  const cells = [
    { streams: 50, rate: 20, history: 0 },
    { streams: 50, rate: 50, history: 0 },
    { streams: 200, rate: 20, history: 0 },
    { streams: 500, rate: 50, history: 0 },
    { streams: 50, rate: 20, history: HISTORY },
    { streams: 50, rate: 50, history: HISTORY },
    { streams: 200, rate: 20, history: HISTORY },
  ];
  for (const cell of QUICK ? cells.slice(0, 1) : cells) {
    const name = `${cell.streams} × ${cell.rate}${cell.history ? `, ${cell.history} messages` : ""}`;
    for (const side of [ours, stock]) {
      const pid = side === ours ? ours.postgresPid : undefined;
      const figures = await load([side], { ...cell, seconds }, pid).catch(failed(side));
      if (figures) keep(name, side, figures);
    }
  }
}

/** Whether a second process on the same database adds capacity, and what it costs the first. */
async function secondProcess(ours: Ours): Promise<Loads> {
  const second = await ours.startSecond();
  await load([second], { streams: 50, rate: 20, seconds: 2 });
  const at = async (sides: Side[], streams: number, rate: number) =>
    roundAll(await load(sides, { streams, rate, seconds: 3 }, ours.postgresPid));
  return {
    "250 × 20 on one": await at([ours], 250, 20),
    "250 × 20 on each of two": await at([ours, second], 500, 20),
    "500 × 50 on one": await at([ours], 500, 50),
    "250 × 50 on each of two": await at([ours, second], 500, 50),
  };
}
