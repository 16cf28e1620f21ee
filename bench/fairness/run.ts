// `npm run bench -- fairness`: how much slower a tenant's answers get when another asks for ten times its share.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "@/scripts/bootstrap/checkout.mjs";
import { tsxLoader } from "@/scripts/launch/child";
import { type Latency, latencyOf } from "../retrieval/metrics";
import { type Asked, type Asker, ask } from "./load";
import type { Instructions, Ready } from "./messages";

/** Runs that each tenant may have going at once. The noisy one has as many people who ask without a break, or ten times as many. */
const SHARE = 4;
const STORM = 10 * SHARE;
const QUIET = 3;
const ROUNDS = 4;
const ROUND_MS = 5_000;

interface Side {
  first: Latency;
  whole: Latency;
}

export interface FairnessResults {
  runsAtOnce: number;
  /** The quiet tenant, while the other keeps to its share, asks for ten times of it, and does so without any limit. */
  atItsShare: Side;
  atTenTimes: Side;
  atTenTimesWithoutLimit: Side;
  firstP95Ratio: number;
  wholeP95Ratio: number;
  withoutLimitWholeP95Ratio: number;
  noisyAnswered: number;
  noisyRefused: number;
}

/** The two loads alternate, so that a machine that gets slower or faster meanwhile does so for both. */
export async function run(): Promise<FairnessResults> {
  const node = fork(join(import.meta.dirname, "node.ts"), {
    execArgv: ["--import", tsxLoader, "--conditions=react-server"],
    // With the project's own settings tsx would look for TypeScript beside the JavaScript of libraries.
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, "test/tsconfig.process.json") },
  });
  try {
    await messageOf(node);
    const limited = await prepare(node, SHARE);
    await round(limited, SHARE, 2_000);
    const calm: Asked[] = [];
    const storm: Asked[] = [];
    const noisy: Asked[] = [];
    for (let at = 0; at < ROUNDS; at++) {
      calm.push((await round(limited, SHARE)).quiet);
      const stormy = await round(limited, STORM);
      storm.push(stormy.quiet);
      noisy.push(stormy.noisy);
    }
    const unlimited = await round(await prepare(node, null), STORM);
    const [atItsShare, atTenTimes, atTenTimesWithoutLimit] = [sideOf(calm), sideOf(storm), sideOf([unlimited.quiet])];
    const ratio = (one: Latency, other: Latency) => Math.round((1000 * one.p95) / other.p95) / 1000;
    const results: FairnessResults = {
      runsAtOnce: SHARE,
      atItsShare,
      atTenTimes,
      atTenTimesWithoutLimit,
      firstP95Ratio: ratio(atTenTimes.first, atItsShare.first),
      wholeP95Ratio: ratio(atTenTimes.whole, atItsShare.whole),
      withoutLimitWholeP95Ratio: ratio(atTenTimesWithoutLimit.whole, atItsShare.whole),
      noisyAnswered: noisy.reduce((sum, { wholeMs }) => sum + wholeMs.length, 0),
      noisyRefused: noisy.reduce((sum, { refused }) => sum + refused, 0),
    };
    print(results);
    return results;
  } finally {
    if (node.exitCode === null) {
      const ended = once(node, "exit");
      node.disconnect();
      await ended;
    }
  }
}

async function prepare(node: ChildProcess, runsAtOnce: number | null): Promise<Ready> {
  const instructions: Instructions = { runsAtOnce, threads: { acme: QUIET, globex: STORM } };
  node.send(instructions);
  return (await messageOf(node)) as Ready;
}

/** The next thing that the node says. Throws when it ends instead. */
async function messageOf(node: ChildProcess): Promise<unknown> {
  const ended = once(node, "exit").then(([code]) => Promise.reject(new Error(`the node ended with ${code}`)));
  const [message] = await Promise.race([once(node, "message"), ended]);
  return message;
}

async function round({ url, threads, bearers }: Ready, noisyPeople: number, forMs = ROUND_MS) {
  const asker =
    (tenant: "acme" | "globex") =>
    (threadId: string): Asker => ({ url, tenant, bearer: bearers[tenant], threadId });
  const [quiet, noisy] = await Promise.all([
    ask(threads.acme.map(asker("acme")), forMs),
    ask(threads.globex.slice(0, noisyPeople).map(asker("globex")), forMs),
  ]);
  return { quiet, noisy };
}

function sideOf(asked: readonly Asked[]): Side {
  return {
    first: latencyOf(asked.flatMap(({ firstMs }) => firstMs)),
    whole: latencyOf(asked.flatMap(({ wholeMs }) => wholeMs)),
  };
}

function print(results: FairnessResults): void {
  const line = (name: string, { first, whole }: Side) =>
    console.log(`${name.padEnd(40)} first event p95 ${first.p95} ms, whole p95 ${whole.p95} ms, n ${whole.calls}`);
  line("quiet tenant, the other at its share", results.atItsShare);
  line("quiet tenant, the other at ten times", results.atTenTimes);
  line("quiet tenant, at ten times, no limit", results.atTenTimesWithoutLimit);
  const { firstP95Ratio, wholeP95Ratio, noisyAnswered, noisyRefused } = results;
  console.log(`p95 ratio: first event ${firstP95Ratio}, whole answer ${wholeP95Ratio}`);
  console.log(`the noisy tenant: ${noisyAnswered} answered, ${noisyRefused} refused`);
}
