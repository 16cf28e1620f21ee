import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "@/scripts/bootstrap/checkout.mjs";
import { type Child, nextCli, startChild } from "@/scripts/launch/child";
import { conversation, question } from "./history";
import { streamRun } from "./load";
import type { Side } from "./side";

const folder = join(import.meta.dirname, "../stock");
const stamp = join(folder, ".next", "built-from");
const BUILD_TIMEOUT_MS = 420_000;
const READY_TIMEOUT_MS = 60_000;
const env = {
  ...process.env,
  NODE_ENV: "production" as const,
  COPILOTKIT_TELEMETRY_DISABLED: "true",
  NEXT_TELEMETRY_DISABLED: "1",
};

/** Builds the stock CopilotKit app of `bench/stock` and starts it on `port`. */
export async function startStock(port: number, logs: string): Promise<Side> {
  await build(logs);
  const child = startChild({
    name: "stock",
    args: [nextCli, "start", folder, "-p", String(port), "-H", "127.0.0.1"],
    cwd: folder,
    env: { ...env, PORT: String(port) },
    logFile: join(logs, "stock.log"),
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(child, url);
  } catch (error) {
    await child.stop(2_000);
    throw error;
  }
  const side: Side = {
    name: "stock",
    url,
    origin: url,
    headers: {},
    webPid: child.pid,
    closedPath: "/?closed=1",
    // Its client has the conversation and sends all of it with every question.
    makeThreads: async (count, history) => {
      const messages = conversation(history);
      return Array.from({ length: count }, () => ({ id: randomUUID(), history: messages }));
    },
    // Its runner keeps the last hundred runs of a thread, so 300 messages go in as the input of one.
    storeThread: async (messages) => {
      const id = randomUUID();
      const perf = { n: 60, rate: 0, md: true };
      await streamRun(side, { id, history: conversation(messages - 2) }, question("The last question"), perf);
      return id;
    },
    enter: async () => {},
    chatPath: (thread, perf) => `/?${new URLSearchParams({ thread, perf: JSON.stringify(perf) })}`,
    stop: () => child.stop(2_000),
  };
  return side;
}

async function build(logs: string): Promise<void> {
  const source = await hashStock();
  if ((await readFile(stamp, "utf8").catch(() => "")) === source) return;
  await rm(stamp, { force: true });
  const built = startChild({
    name: "build",
    args: [nextCli, "build", folder],
    cwd: folder,
    env,
    logFile: join(logs, "stock-build.log"),
  });
  const timer = setTimeout(() => void built.stop(1_000), BUILD_TIMEOUT_MS);
  const how = await built.ended;
  clearTimeout(timer);
  if (built.exitCode() !== 0) throw new Error(`building the stock app ${how}:\n${built.tail()}`);
  await writeFile(stamp, source);
}

/** One hash over what the build is made from: the app itself, the agent that it shares with ours, and the packages. */
async function hashStock(): Promise<string> {
  const own = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(tsx?|json)$/.test(entry.name) && !/[\\/]\.next/.test(entry.parentPath))
    .filter(({ name }) => name !== "next-env.d.ts")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const shared = ["package-lock.json", "lib/copilots/scripted.ts", "lib/copilots/scripted-tokens.ts"];
  const hash = createHash("sha256");
  for (const file of [...own, ...shared.map((path) => join(root, path))]) hash.update(await readFile(file));
  return hash.digest("hex");
}

async function untilReady(child: Child, url: string): Promise<void> {
  let ended = false;
  void child.ended.then(() => {
    ended = true;
  });
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && !ended; await sleep(100)) {
    const response = await fetch(`${url}/api/copilotkit/info`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
  }
  throw new Error(`the stock app does not start:\n${child.tail()}`);
}
