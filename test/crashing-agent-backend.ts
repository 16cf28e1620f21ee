// The agent backend with one difference: at the moment that CRASH_AT names the process kills itself, or with CRASH_HOW=hold says so and
// waits for a line on its input. The moments: `payment.authorize:before` and `:after` are a call to a system and its answer;
// `node.draft_emails:before` is when all that leads to that node is done and nothing of it is stored, `:written` when its results are stored
// and its checkpoint is not, `:after` when that is too.
import { once } from "node:events";
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import { env } from "@/agent-backend/env";
import { startService } from "@/agent-backend/service";
import { type Systems, systemsFrom } from "@/agent-backend/systems/systems";

const [place = "", moment = ""] = (process.env.CRASH_AT ?? "").split(":");
const [system = "", operation = ""] = place.split(".");
const systemsOf = systemsFrom(env());
let reached = false;

async function arrive(): Promise<void> {
  if (process.env.CRASH_HOW !== "hold") process.kill(process.pid, "SIGKILL");
  if (reached) return;
  reached = true;
  console.log("held");
  await once(process.stdin, "data");
}

if (system === "node") {
  const { put, putWrites } = PostgresSaver.prototype;
  const writing: Promise<void>[] = [];
  const leads = (channels: string[]) => channels.includes(`branch:to:${operation}`);
  PostgresSaver.prototype.putWrites = async function (config, writes, taskId) {
    if (moment === "before" && leads(writes.map(([channel]) => channel))) await arrive();
    const stored = putWrites.call(this, config, writes, taskId);
    writing.push(stored);
    return stored;
  };
  PostgresSaver.prototype.put = async function (config, checkpoint, metadata, versions) {
    if (moment === "written" && leads(Object.keys(versions))) {
      await Promise.all(writing);
      await arrive();
    }
    const stored = await put.call(this, config, checkpoint, metadata, versions);
    if (moment === "after" && leads(Object.keys(versions))) await arrive();
    return stored;
  };
}

startService(env(), (tenantId, work) => {
  const systems = systemsOf(tenantId, work);
  const port = systems[system as keyof Systems] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const real = port?.[operation];
  if (!real) return systems;
  const crashing = async (...args: unknown[]) => {
    if (moment === "before") await arrive();
    const result = await real(...args);
    if (moment === "after") await arrive();
    return result;
  };
  return { ...systems, [system]: { ...port, [operation]: crashing } };
});
