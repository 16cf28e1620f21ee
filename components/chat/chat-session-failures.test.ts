import { AbstractAgent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import type { CopilotKitCore } from "@copilotkit/react-core/v2";
import { type Observable, of } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RUN_ENDED_ACTIVITY } from "@/lib/runs/run-ending";
import type { ChatAgent } from "./chat-agent";
import { ChatSession } from "./chat-session";

const event = (type: EventType, fields: object = {}) => ({ type, ...fields }) as BaseEvent;

class FailingAgent extends AbstractAgent {
  readonly scenarios: (string | undefined)[] = [];
  private scenario: string | undefined;

  breakNextRun(scenario: string | undefined): void {
    this.scenario = scenario;
  }

  run({ threadId, runId, messages }: RunAgentInput): Observable<BaseEvent> {
    this.scenarios.push(this.scenario);
    const content = { reason: "failed", code: "content_filter", message: "Explained." };
    const messageId = `${messages.length}-ended`;
    return of(
      event(EventType.RUN_STARTED, { threadId, runId }),
      event(EventType.ACTIVITY_SNAPSHOT, { messageId, activityType: RUN_ENDED_ACTIVITY, content, replace: true }),
      event(EventType.RUN_ERROR, { threadId, runId, code: "content_filter", message: "Explained." }),
    );
  }

  expectEmpty(): void {}
}

function start(createThread: () => Promise<{ ok: false; message: string }>, threadId?: string) {
  const agent = new FailingAgent({ agentId: "knowledge-chat" });
  const core = { runAgent: () => agent.runAgent().catch(() => {}), connectAgent: async () => {} };
  const session = new ChatSession({
    agent: agent as unknown as ChatAgent,
    core: core as unknown as CopilotKitCore,
    draftScope: "ada",
    createThread,
    onThreadCreated: () => {},
    onRunEnded: () => {},
  });
  session.attach();
  session.show(threadId);
  if (threadId) agent.threadId = threadId;
  return { agent, session };
}
const away = async () => ({ ok: false as const, message: "Away." });

describe("a failed answer", () => {
  beforeEach(() => vi.stubGlobal("window", new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  it("is announced, belongs to the latest turn, and its question can be edited without losing what is typed", async () => {
    const { session, agent } = start(away, "thr_1");
    await session.send("How long?");
    expect(session.recovery.announcement.get()).toBe("Explained.");
    expect([...session.latestTurn.get()]).toEqual([agent.messages.at(-1)?.id]);
    session.edit();
    expect([session.draft.get(), session.wantsFocus.get()]).toEqual(["How long?", 1]);
    session.write("Something else");
    session.edit();
    expect(session.draft.get()).toBe("Something else");
  });

  it("is brought about for one question: the one in the box, else the sample, and none after it", async () => {
    const { session, agent } = start(away, "thr_1");
    await session.breakNext("content_filter", "A sample?");
    session.write("My own?");
    await session.breakNext("network", "A sample?");
    await session.send("And now?");
    expect(agent.scenarios).toEqual(["content_filter", "network", undefined]);
    expect(agent.messages.flatMap(({ role, content }) => (role === "user" ? [content] : []))).toEqual([
      "A sample?",
      "My own?",
      "And now?",
    ]);
  });

  it("is not kept for later when the question never got away", async () => {
    const { session, agent } = start(away);
    await session.breakNext("network", "A sample?");
    expect(session.refused).toBe(true);
    session.show("thr_1");
    agent.threadId = "thr_1";
    await session.send("How long?");
    expect(agent.scenarios).toEqual([undefined]);
  });
});
