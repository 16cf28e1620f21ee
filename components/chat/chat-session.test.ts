import { AbstractAgent, type BaseEvent, EventType, type RunAgentInput } from "@ag-ui/client";
import type { CopilotKitCore } from "@copilotkit/react-core/v2";
import { type Observable, of, Subject, throwError } from "rxjs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CITATIONS_ACTIVITY } from "@/contract/knowledge";
import type { ChatAgent } from "./chat-agent";
import { ChatSession } from "./chat-session";

type Script = (input: RunAgentInput) => Observable<BaseEvent>;

const event = (type: EventType, fields: object = {}) => ({ type, ...fields }) as BaseEvent;
const answered: Script = ({ threadId, runId }) =>
  of(
    event(EventType.RUN_STARTED, { threadId, runId }),
    event(EventType.TEXT_MESSAGE_START, { messageId: runId, role: "assistant" }),
    event(EventType.TEXT_MESSAGE_CONTENT, { messageId: runId, delta: "Thirty days [1]." }),
    event(EventType.TEXT_MESSAGE_END, { messageId: runId }),
    event(EventType.RUN_FINISHED, { threadId, runId }),
  );
const refused = (status: number, error: object): Script => {
  const failure = Object.assign(new Error(`HTTP ${status}`), { status, payload: { error } });
  return () => throwError(() => failure);
};

class FakeAgent extends AbstractAgent {
  onRun: Script = answered;
  onConnect: Script = () => of();
  readonly asked: string[] = [];
  readonly runs: RunAgentInput[] = [];
  connects = 0;

  run(input: RunAgentInput): Observable<BaseEvent> {
    this.runs.push(input);
    this.asked.push(String(input.messages.findLast(({ role }) => role === "user")?.content));
    return this.onRun(input);
  }

  protected override connect(input: RunAgentInput): Observable<BaseEvent> {
    this.connects++;
    return this.onConnect(input);
  }

  expectEmpty(): void {}
}

function start(threadId?: string) {
  const agent = new FakeAgent({ agentId: "knowledge-chat" });
  const created: string[] = [];
  const core = {
    runAgent: () => agent.runAgent(),
    connectAgent: () => agent.connectAgent(),
    stopAgent: vi.fn(),
  };
  const session = new ChatSession({
    agent: agent as unknown as ChatAgent,
    core: core as unknown as CopilotKitCore,
    draftScope: "ada",
    createThread: async () => ({ ok: true, data: { id: "thr_new" } }),
    onThreadCreated: (id) => {
      created.push(id);
      // As the chat does when it is shown a thread.
      agent.threadId = id;
      void core.connectAgent();
    },
    onRunEnded: vi.fn(),
  });
  session.attach();
  session.show(threadId);
  if (threadId) agent.threadId = threadId;
  return { agent, session, created };
}

const texts = (agent: FakeAgent) => agent.messages.map(({ role, content }) => `${role}: ${content}`);

describe("ChatSession", () => {
  beforeEach(() => vi.stubGlobal("window", new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  it("makes the thread with the first question and asks in it", async () => {
    const { agent, session, created } = start();
    session.write("How long?");
    await session.send("How long? ");
    expect(created).toEqual(["thr_new"]);
    expect(agent.runs.map(({ threadId }) => threadId)).toEqual(["thr_new"]);
    expect(texts(agent)).toEqual(["user: How long?", "assistant: Thirty days [1]."]);
    expect(session.draft.get()).toBe("");
    expect(session.sending.get()).toBe(false);
  });

  it("puts a refused question back into the box and says why", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = refused(409, { code: "thread_busy", message: "busy" });
    await session.send("How long?");
    expect(session.draft.get()).toBe("How long?");
    expect(agent.messages).toEqual([]);
    expect(session.notice.get()).toEqual({ kind: "busy" });
  });

  it("keeps a refused first question for a new conversation too, until it is asked", async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    const { agent, session } = start();
    agent.onRun = refused(429, { code: "budget_exceeded", message: "Used up." });
    session.write("How long?");
    await session.send("How long?");
    session.show(undefined);
    expect(session.draft.get()).toBe("How long?");

    session.show("thr_new");
    expect(session.draft.get()).toBe("How long?");
    session.write("How long is it?");
    session.show(undefined);
    expect(session.draft.get()).toBe("How long is it?");

    session.show("thr_new");
    agent.onRun = answered;
    await session.send(session.draft.get());
    expect(kept.size).toBe(0);
    session.write("And in a conversation that has begun?");
    session.show(undefined);
    expect(session.draft.get()).toBe("");
  });

  it("keeps a question that failed on the server in the conversation, to be asked again", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = refused(500, { code: "internal", message: "Something went wrong." });
    await session.send("How long?");
    expect(texts(agent)).toEqual(["user: How long?"]);
    expect(session.notice.get()).toMatchObject({ kind: "failed" });
    agent.onRun = answered;
    await session.retry();
    expect(agent.asked).toEqual(["How long?", "How long?"]);
    expect(session.notice.get()).toBeNull();
  });

  it("parks what is asked during an answer and sends it as one when the answer ends", async () => {
    const { agent, session } = start("thr_1");
    const gate = new Subject<BaseEvent>();
    agent.onRun = () => gate;
    const first = session.send("First?");
    await vi.waitFor(() => expect(agent.isRunning).toBe(true));
    await session.send("Second?");
    await session.send("Third?");
    expect(session.parked.get()).toEqual(["Second?", "Third?"]);
    agent.onRun = answered;
    gate.next(event(EventType.RUN_STARTED, { threadId: "thr_1", runId: "r" }));
    gate.next(event(EventType.RUN_FINISHED, { threadId: "thr_1", runId: "r" }));
    gate.complete();
    await first;
    await vi.waitFor(() => expect(agent.asked).toEqual(["First?", "Second?\n\nThird?"]));
    expect(session.parked.get()).toEqual([]);
  });

  it("rejoins after a broken connection until the server is back, and keeps the conversation", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = () => throwError(() => new TypeError("network error"));
    let down = 2;
    agent.onConnect = (input) => (down-- > 0 ? throwError(() => new TypeError("Failed to fetch")) : answered(input));
    await session.send("How long?");
    expect(session.connection.get()).toBe("reconnecting");
    await vi.waitFor(() => expect(session.connection.get()).toBe("online"), { timeout: 5_000 });
    expect(agent.connects).toBe(3);
    expect(texts(agent)).toEqual(["user: How long?", "assistant: Thirty days [1]."]);
    expect(session.notice.get()).toBeNull();
  });

  it("does not take a broken answer for a finished one, and parks what is asked until it has been joined again", async () => {
    const { agent, session } = start("thr_1");
    const gate = new Subject<BaseEvent>();
    agent.onRun = () => gate;
    const first = session.send("First?");
    await vi.waitFor(() => expect(gate.observed).toBe(true));
    gate.next(event(EventType.RUN_STARTED, { threadId: "thr_1", runId: "r" }));
    gate.next(event(EventType.TEXT_MESSAGE_START, { messageId: "m", role: "assistant" }));
    gate.next(event(EventType.TEXT_MESSAGE_CONTENT, { messageId: "m", delta: "Thirty" }));
    await vi.waitFor(() => expect(session.streamingId.get()).toBe("m"));
    agent.onRun = answered;
    gate.error(new TypeError("network error"));
    await first;
    expect(session.connection.get()).toBe("reconnecting");
    expect(session.streamingId.get()).toBe("m");
    await session.send("Second?");
    expect(session.parked.get()).toEqual(["Second?"]);
    await vi.waitFor(() => expect(agent.asked).toEqual(["First?", "Second?"]), { timeout: 5_000 });
    expect(session.parked.get()).toEqual([]);
    expect(session.streamingId.get()).toBeUndefined();
  });

  it("waits, while it rejoins, for a server or a database that restarts, and for no other refusal", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = () => throwError(() => new TypeError("network error"));
    const away = [refused(503, { code: "unavailable" }), refused(502, {})];
    agent.onConnect = (input) => (away.shift() ?? answered)(input);
    await session.send("How long?");
    await vi.waitFor(() => expect(session.connection.get()).toBe("online"), { timeout: 5_000 });
    expect(agent.connects).toBe(3);
    expect(session.notice.get()).toBeNull();
    agent.onConnect = refused(500, { code: "internal", message: "Something went wrong." });
    await session.send("And now?");
    await vi.waitFor(() => expect(session.notice.get()).toMatchObject({ kind: "failed" }));
    expect(agent.connects).toBe(4);
    expect(session.connection.get()).toBe("online");
  });

  it("gives back a question that the server never got", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = () => throwError(() => new TypeError("Failed to fetch"));
    agent.onConnect = ({ threadId, runId }) =>
      of(
        event(EventType.RUN_STARTED, { threadId, runId }),
        event(EventType.MESSAGES_SNAPSHOT, { messages: [] }),
        event(EventType.RUN_FINISHED, { threadId, runId }),
      );
    await session.send("How long?");
    await vi.waitFor(() => expect(session.draft.get()).toBe("How long?"), { timeout: 5_000 });
    expect(agent.messages).toEqual([]);
  });

  it("offers to ask again when the server has nothing of the thread", async () => {
    const { agent, session } = start("thr_1");
    agent.onRun = () => throwError(() => new TypeError("Failed to fetch"));
    await session.send("How long?");
    await vi.waitFor(() => expect(session.notice.get()).toMatchObject({ kind: "failed", code: "network" }));
    expect(texts(agent)).toEqual(["user: How long?"]);
  });

  describe("what happens to the conversation elsewhere", () => {
    const looked = (visibilityState: "visible" | "hidden") => vi.stubGlobal("document", { visibilityState });
    const started = (threadId: string) => ({ threadId, change: "run-started" as const });
    beforeEach(() => looked("visible"));

    it("joins a run that another tab began, live", async () => {
      const { agent, session } = start("thr_1");
      const live = new Subject<BaseEvent>();
      agent.onConnect = () => live;
      session.hear(started("thr_2"));
      expect(agent.connects).toBe(0);
      session.hear(started("thr_1"));
      await vi.waitFor(() => expect(agent.connects).toBe(1));
      live.next(event(EventType.RUN_STARTED, { threadId: "thr_1", runId: "r" }));
      live.next(event(EventType.MESSAGES_SNAPSHOT, { messages: [{ id: "q", role: "user", content: "How long?" }] }));
      await vi.waitFor(() => expect(texts(agent)).toEqual(["user: How long?"]));
      expect(agent.isRunning).toBe(true);
      live.next(event(EventType.TEXT_MESSAGE_START, { messageId: "a", role: "assistant" }));
      live.next(event(EventType.TEXT_MESSAGE_CONTENT, { messageId: "a", delta: "Thirty" }));
      await vi.waitFor(() => expect(texts(agent)).toEqual(["user: How long?", "assistant: Thirty"]));
      live.complete();
    });

    it("does not join its own run", async () => {
      const { agent, session } = start("thr_1");
      agent.onRun = (input) => {
        session.hear(started("thr_1"));
        return answered(input);
      };
      await session.send("How long?");
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(agent.connects).toBe(0);
    });

    it("joins when the page is looked at, not before", async () => {
      const { agent, session } = start("thr_1");
      looked("hidden");
      session.hear(started("thr_1"));
      session.hear({ change: "missed" });
      expect(agent.connects).toBe(0);
      looked("visible");
      session.returned(1_000);
      await vi.waitFor(() => expect(agent.connects).toBe(1));
      await vi.waitFor(() => expect(agent.isRunning).toBe(false));
      session.returned(1_000);
      expect(agent.isRunning).toBe(false);
    });

    it("looks again when a run began while it was reading what had been before", async () => {
      const { agent, session } = start("thr_1");
      const before = new Subject<BaseEvent>();
      agent.onConnect = () => before;
      const reading = session.follow();
      await vi.waitFor(() => expect(agent.connects).toBe(1));
      session.hear(started("thr_1"));
      agent.onConnect = answered;
      before.complete();
      await reading;
      await vi.waitFor(() => expect(texts(agent)).toEqual(["assistant: Thirty days [1]."]));
      expect(agent.connects).toBe(2);
    });

    it("leaves the stream when nobody looks, and joins it again when somebody does", async () => {
      const { agent, session } = start("thr_1");
      const live = new Subject<BaseEvent>();
      agent.onRun = () => live;
      const asked = session.send("How long?");
      await vi.waitFor(() => expect(agent.runs).toHaveLength(1));
      live.next(event(EventType.RUN_STARTED, { threadId: "thr_1", runId: "r" }));
      live.next(event(EventType.TOOL_CALL_START, { toolCallId: "c", toolCallName: "search" }));
      await vi.waitFor(() => expect(agent.messages.at(-1)).toMatchObject({ role: "assistant" }));
      looked("hidden");
      session.letGo();
      expect(live.observed).toBe(true);
      live.next(event(EventType.TOOL_CALL_END, { toolCallId: "c" }));
      live.next(event(EventType.TOOL_CALL_RESULT, { messageId: "t", toolCallId: "c", content: "[]" }));
      await vi.waitFor(() => expect(agent.messages.at(-1)).toMatchObject({ role: "tool" }));
      session.letGo();
      await asked;
      expect(live.observed).toBe(false);
      expect(agent.isRunning).toBe(false);
      expect(session.notice.get()).toBeNull();

      agent.onConnect = answered;
      looked("visible");
      session.returned(12);
      await vi.waitFor(() => expect(texts(agent).at(-1)).toBe("assistant: Thirty days [1]."));
      expect(agent.connects).toBe(1);
    });

    it("stays with the stream that questions wait for", async () => {
      const { agent, session } = start("thr_1");
      const live = new Subject<BaseEvent>();
      agent.onRun = () => live;
      void session.send("First?");
      await vi.waitFor(() => expect(agent.runs).toHaveLength(1));
      await session.send("Second?");
      looked("hidden");
      session.letGo();
      agent.onRun = answered;
      live.next(event(EventType.RUN_STARTED, { threadId: "thr_1", runId: "r" }));
      live.next(event(EventType.RUN_FINISHED, { threadId: "thr_1", runId: "r" }));
      live.complete();
      await vi.waitFor(() => expect(agent.asked).toEqual(["First?", "Second?"]));
    });

    it("says that the conversation was deleted, and forgets it when that is undone", () => {
      const { session } = start("thr_1");
      session.hear({ threadId: "thr_2", change: "deleted" });
      expect(session.notice.get()).toBeNull();
      session.hear({ threadId: "thr_1", change: "deleted" });
      expect(session.notice.get()).toEqual({ kind: "deleted" });
      session.hear({ threadId: "thr_1", change: "restored" });
      expect(session.notice.get()).toBeNull();
    });

    it("does not ask for a conversation that does not exist yet", () => {
      const { agent, session } = start();
      session.hear({ change: "missed" });
      expect(agent.connects).toBe(0);
    });
  });

  it("knows an answer's citations by its message", async () => {
    const { agent, session } = start("thr_1");
    agent.setMessages([
      { id: "m1", role: "assistant", content: "Thirty days [1]." },
      {
        id: "a1",
        role: "activity",
        activityType: CITATIONS_ACTIVITY,
        content: { messageId: "m1", citations: [], unverified: [1] },
      },
      { id: "a2", role: "activity", activityType: CITATIONS_ACTIVITY, content: { nonsense: true } },
    ]);
    await vi.waitFor(() => expect(session.citations.get().get("m1")?.unverified).toEqual([1]));
    expect(session.citations.get().size).toBe(1);
  });
});
