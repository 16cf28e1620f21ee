// The door to the agents as a test has it: a web node whose agents are scripted, and the calls that people make to it.
import type { RunAgentInput } from "@ag-ui/client";
import { asksModel, chooseModel } from "@/lib/copilots/registry";
import { COPILOT_PATH } from "@/lib/gateway/copilot-handler";
import { type RequestIdentity, requireIdentity } from "@/lib/gateway/identity";
import { paceRuns } from "@/lib/gateway/pace-runs";
import { createPostgresRunner, type PostgresAgentRunner } from "@/lib/runs/runner";
import { createThread } from "@/lib/threads/create-thread";
import { startCopilotRoutes } from "./copilot-routes";
import { ScriptedAgent, streamText } from "./scripted-agent";
import type { WebNode } from "./web-node";

/** A question whose answer goes on until it is stopped, however slow the machine is. */
export const TALK_ON = "talk on";

export let node: WebNode;
export let runner: PostgresAgentRunner;
export const bearers: Record<string, string> = {};
/** Who asked, request by request, and what the agents were run with. */
export const seen: RequestIdentity[] = [];
export const ran: RunAgentInput[] = [];

let held = Promise.resolve();
/** Lets answers wait for `until` before their first word. */
export function holdAnswers(until: Promise<void>): void {
  held = until;
}

/** `PORT` must be `port` already, see web-node.ts. The agent `ruled` asks no model. */
export async function startCopilotNode(port: number): Promise<void> {
  const routes = await startCopilotRoutes(port);
  node = routes.node;
  runner = createPostgresRunner({
    doors: node.database.doors,
    directUrl: node.database.url,
    identity: requireIdentity,
  });
  const agents = (identity: RequestIdentity) => {
    seen.push(identity);
    const agent = new ScriptedAgent(async function* (stage) {
      ran.push(stage.input);
      await held;
      const talksOn = stage.input.messages.at(-1)?.content === TALK_ON;
      yield* streamText(stage, crypto.randomUUID(), talksOn ? 100_000 : 40, 10);
    });
    return { knowledge: agent, ruled: agent };
  };
  routes.serveWith({ runner, agents, chooseModel, asksModel, paceRuns, health: () => ({ status: "ok" }) });
  for (const name of ["ada", "ben", "gus", "olivia", "nobody"]) bearers[name] = await node.bearerOf(name);
}

export async function stopCopilotNode(): Promise<void> {
  await runner.close();
  await node.stop();
}

export const call = (path: string, init: RequestInit & { as?: string; tenant?: string } = {}) => {
  const { as, tenant, headers, ...rest } = init;
  return fetch(`${node.url}${COPILOT_PATH}${path}`, {
    ...rest,
    headers: {
      ...(as ? { authorization: `Bearer ${bearers[as]}` } : {}),
      ...(tenant ? { "x-tenant": tenant } : {}),
      ...headers,
    } as Record<string, string>,
  });
};
export const post = (path: string, as: string, body: unknown, more: Parameters<typeof call>[1] = {}) =>
  call(path, { method: "POST", as, body: JSON.stringify(body), ...more });
export const threadOf = async (
  name: "ada" | "ben" | "gus" | "olivia",
  tenant: "acme" | "globex",
  role: "admin" | "member" = "member",
) => (await createThread({ tenantId: node.tenants[tenant], userId: node.users[name], role }, "knowledge")).id;
export const inputFor = (threadId: unknown, question = "hello") => ({
  threadId,
  runId: crypto.randomUUID(),
  state: {},
  messages: [{ id: crypto.randomUUID(), role: "user", content: question }],
  tools: [],
  context: [],
  forwardedProps: {},
});
export const eventsOf = async (answer: Response) =>
  (await answer.text())
    .split("\n")
    .filter((line) => line.startsWith("data: "))
    .map((line) => JSON.parse(line.slice(6)) as { type: string; delta?: string });
/** The words of a stream as they arrive. */
export function textOf(answer: Response) {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const read = async () => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
    text += value ?? "";
    return !done;
  };
  return {
    words: () => text.match(/"delta":"/g)?.length ?? 0,
    async until(word: string): Promise<void> {
      while (!text.includes(word)) if (!(await read())) throw new Error(`the stream ended after: ${text}`);
    },
    async toEnd(): Promise<string> {
      while (await read());
      return text;
    },
  };
}
export const errorOf = async (answer: Response) => ((await answer.json()) as { error: Record<string, unknown> }).error;
