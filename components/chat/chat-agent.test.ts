import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

// The package imports a stylesheet, which Node cannot load; the class itself is the core's, which it passes on.
vi.mock("@copilotkit/react-core/v2", () => import("@copilotkit/core"));

import { eventually } from "@/test/eventually";
import { ChatAgent } from "./chat-agent";

let server: Server;
let runtimeUrl: string;
let streams: ServerResponse[] = [];

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    streams.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  runtimeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  streams = [];
});

const send = (stream: ServerResponse | undefined, event: object) => stream?.write(`data: ${JSON.stringify(event)}\n\n`);

function begin() {
  const agent = new ChatAgent({ runtimeAgentId: "knowledge", runtimeUrl, headers: {}, sharedAs: "acme:ben" });
  agent.threadId = "thr_1";
  const failed = vi.fn();
  agent.subscribe({ onRunFailed: failed, onRunErrorEvent: failed });
  return { agent, failed };
}

describe("ChatAgent", () => {
  it.each(["run", "connect"] as const)(
    "closes the connection of a %s that it detaches from, without failing",
    async (how) => {
      const { agent, failed } = begin();
      const done = how === "run" ? agent.runAgent({ runId: "r" }) : agent.connectAgent({ runId: "r" });
      await eventually(() => expect(streams).toHaveLength(1));
      send(streams[0], { type: "RUN_STARTED", threadId: "thr_1", runId: "r" });
      send(streams[0], { type: "TEXT_MESSAGE_START", messageId: "a", role: "assistant" });
      send(streams[0], { type: "TEXT_MESSAGE_CONTENT", messageId: "a", delta: "Thirty" });
      await eventually(() => expect(agent.messages.at(-1)?.content).toBe("Thirty"));

      await agent.detachActiveRun();
      await done;
      await eventually(() => expect(streams[0]?.closed).toBe(true));
      expect(agent.isRunning).toBe(false);
      expect(failed).not.toHaveBeenCalled();

      const again = agent.connectAgent({ runId: "r" });
      await eventually(() => expect(streams).toHaveLength(2));
      send(streams[1], { type: "RUN_STARTED", threadId: "thr_1", runId: "r" });
      send(streams[1], {
        type: "MESSAGES_SNAPSHOT",
        messages: [{ id: "a", role: "assistant", content: "Thirty days" }],
      });
      send(streams[1], { type: "RUN_FINISHED", threadId: "thr_1", runId: "r" });
      streams[1]?.end();
      await again;
      expect(agent.messages.map(({ content }) => content)).toEqual(["Thirty days"]);
      expect(failed).not.toHaveBeenCalled();
    },
  );
});
