// The load generator: plain HTTP requests, whose answers are counted by the byte and not parsed, so that it takes little of the machine
// from what it measures.
import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@ag-ui/core";
import { question } from "./history";
import { cpuMsOf, memoryOf } from "./processes";
import { AGENT_PATH, type Side, type Thread } from "./side";
import { median, quantile } from "./statistics";

export interface Perf {
  n: number;
  rate: number;
  size?: number;
  md?: boolean;
  stamp?: boolean;
  seed?: number;
}

export interface Streamed {
  firstTokenMs: number;
  endMs: number;
  tokens: number;
  /** Everything that came over the connection, headers and framing included. */
  wireBytes: number;
  /** Times between two arrivals of text. */
  gapsMs: number[];
  /** How old the oldest token of each arrival was. */
  agesMs: number[];
}

const AT = "@".charCodeAt(0);
const PIPE = "|".charCodeAt(0);
const STREAM_TIMEOUT_MS = 90_000;

/** Asks one question and reads the answer to its end. Tokens are counted when they carry stamps. */
export function streamRun(side: Side, thread: Thread, asked: Message, perf: Perf): Promise<Streamed> {
  return post(side, "/run", {
    threadId: thread.id,
    runId: randomUUID(),
    messages: [...thread.history, asked],
    tools: [],
    context: [],
    state: {},
    forwardedProps: { perf },
  });
}

/** Opens a conversation, as a reload does, and reads to the end of what is stored. */
export function openThread(side: Side, threadId: string): Promise<Streamed> {
  const nothing = { messages: [], tools: [], context: [], state: {}, forwardedProps: {} };
  return post(side, "/connect", { threadId, runId: randomUUID(), ...nothing });
}

function post(side: Side, path: string, input: object): Promise<Streamed> {
  const body = JSON.stringify(input);
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    accept: "text/event-stream",
    ...side.headers,
  };
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const streamed: Streamed = { firstTokenMs: Number.NaN, endMs: 0, tokens: 0, wireBytes: 0, gapsMs: [], agesMs: [] };
    let heard = 0;
    const sent = request(
      `${side.url}${AGENT_PATH}${path}`,
      { method: "POST", headers, agent: false, timeout: STREAM_TIMEOUT_MS },
      (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          reject(new Error(`${side.name}: ${path} answered ${response.statusCode}`));
          return;
        }
        response.on("data", (chunk: Buffer) => {
          const found = countStamps(chunk);
          if (found.tokens === 0) return;
          const now = performance.now();
          if (streamed.tokens === 0) streamed.firstTokenMs = now - started;
          else streamed.gapsMs.push(now - heard);
          heard = now;
          streamed.tokens += found.tokens;
          if (found.stampedAt) streamed.agesMs.push(Date.now() - found.stampedAt);
        });
        response.on("end", () => {
          streamed.endMs = performance.now() - started;
          streamed.wireBytes = response.socket.bytesRead;
          resolve(streamed);
        });
        response.on("error", reject);
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`${side.name}: silent for ${STREAM_TIMEOUT_MS} ms`)));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** How many stamps `@<epoch ms>|` begin in the bytes, and what the first whole one says. */
function countStamps(chunk: Buffer): { tokens: number; stampedAt: number } {
  let tokens = 0;
  let stampedAt = 0;
  for (let at = chunk.indexOf(AT); at >= 0; at = chunk.indexOf(AT, at + 1)) {
    if (tokens++ > 0) continue;
    const end = chunk.indexOf(PIPE, at);
    if (end > at) stampedAt = Number(chunk.toString("latin1", at + 1, end)) || 0;
  }
  return { tokens, stampedAt };
}

export interface LoadFigures {
  firstTokenP50Ms: number;
  firstTokenP95Ms: number;
  /** From the first request to the last event. */
  deliveredPerS: number;
  gapP50Ms: number;
  gapP95Ms: number;
  tokenAgeP95Ms: number;
  cpuMsPer1000: number;
  postgresCpuMsPer1000: number;
  memoryMb: number;
  generatorCpuShare: number;
}

/** So many streams at once, begun within `SPREAD_MS`, each on a conversation of its own. Several sides share them evenly. */
export async function load(
  sides: readonly Side[],
  { streams, rate, seconds, history = 0 }: { streams: number; rate: number; seconds: number; history?: number },
  postgresPid?: number,
): Promise<LoadFigures> {
  const threads = await Promise.all(sides.map((side) => side.makeThreads(Math.ceil(streams / sides.length), history)));
  const perf = { n: rate * seconds, rate, stamp: true };
  const pids = sides.map(({ webPid }) => webPid);
  const cpu = () => pids.reduce((total, pid) => total + cpuMsOf(pid), 0);
  const before = { cpu: cpu(), postgres: postgresPid ? cpuMsOf(postgresPid) : Number.NaN, own: process.cpuUsage() };
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(
      memory,
      pids.reduce((total, pid) => total + memoryOf(pid), 0),
    );
  }, 500);
  const started = performance.now();
  const all = await Promise.all(
    Array.from({ length: streams }, async (_, i) => {
      const side = sides[i % sides.length];
      const thread = threads[i % sides.length]?.[Math.floor(i / sides.length)];
      if (!side || !thread) throw new Error("a stream without a conversation");
      await sleep((i / streams) * SPREAD_MS);
      return streamRun(side, thread, question("Go on"), perf);
    }),
  ).finally(() => clearInterval(watch));
  const tookMs = performance.now() - started;
  const own = process.cpuUsage(before.own);
  const tokens = all.reduce((total, one) => total + one.tokens, 0);
  const whole = all.filter((one) => one.tokens === perf.n).length;
  if (whole < streams) throw new Error(`${sides[0]?.name}: ${whole} of ${streams} answers arrived whole`);
  const first = all.map(({ firstTokenMs }) => firstTokenMs);
  const gaps = all.flatMap(({ gapsMs }) => gapsMs);
  return {
    firstTokenP50Ms: median(first),
    firstTokenP95Ms: quantile(first, 0.95),
    deliveredPerS: tokens / (tookMs / 1000),
    gapP50Ms: median(gaps),
    gapP95Ms: quantile(gaps, 0.95),
    tokenAgeP95Ms: quantile(
      all.flatMap(({ agesMs }) => agesMs),
      0.95,
    ),
    cpuMsPer1000: ((cpu() - before.cpu) / tokens) * 1000,
    postgresCpuMsPer1000: postgresPid ? ((cpuMsOf(postgresPid) - before.postgres) / tokens) * 1000 : Number.NaN,
    memoryMb: memory / 2 ** 20,
    generatorCpuShare: (own.user + own.system) / 1000 / tookMs,
  };
}

/** Clients do not all come in one millisecond, and the load generator could not make them. */
const SPREAD_MS = 500;
