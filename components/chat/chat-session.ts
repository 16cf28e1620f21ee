import { type AgentStateMutation, type AgentSubscriber, type Message, randomUUID } from "@ag-ui/client";
import type { CopilotKitCore } from "@copilotkit/react-core/v2";
import type { HeardChange } from "@/components/sync/change-feed";
import { RUN_ENDED_ACTIVITY } from "@/lib/runs/run-ending";
import { BudgetReading } from "./budget-reading";
import type { ChatAgent } from "./chat-agent";
import { ContextReading } from "./context-reading";
import { DraftBox } from "./draft-box";
import { MessageReading } from "./message-reading";
import { RecoveryReading } from "./recovery-reading";
import { isNetworkFailure, isRefusal, isServerAway, noticeOf, type RunNotice } from "./run-notice";
import { Store } from "./store";
import { ThreadFollower } from "./thread-follower";

export type CreateThread = () => Promise<{ ok: true; data: { id: string } } | { ok: false; message: string }>;

interface ChatSessionConfig {
  agent: ChatAgent;
  core: CopilotKitCore;
  /** Names the drafts of this user and tenant. */
  draftScope: string;
  createThread: CreateThread;
  onThreadCreated(threadId: string): void;
  /** Called when an answer ended, whichever way: titles and the order of threads may have changed. */
  onRunEnded(): void;
}

/**
 * What the stock chat leaves out, for one agent in one page: threads made on the first question, questions parked while an answer
 * runs, text kept when sending fails (draft-box.ts), the reason an answer ended, and rejoining after a dropped connection
 * (thread-follower.ts).
 */
export class ChatSession {
  readonly parked = new Store<readonly string[]>([]);
  readonly notice = new Store<RunNotice | null>(null);
  /** `sending` lasts until the thread of a first question exists. */
  readonly sending = new Store(false);
  readonly context = new ContextReading();
  readonly budget = new BudgetReading();
  readonly recovery = new RecoveryReading();
  /** Counts up when the question box should take the focus. */
  readonly wantsFocus = new Store(0);
  /** True when the last question was not taken: it is back in the box and does not stand in the conversation. */
  refused = false;

  private threadId: string | undefined;
  private readonly reading = new MessageReading();
  readonly lastMessageId = this.reading.lastId;
  readonly streamingId = this.reading.streamingId;
  readonly citations = this.reading.citations;
  readonly latestTurn = this.reading.latestTurn;
  private readonly box: DraftBox;
  readonly draft: Store<string>;
  private readonly follower: ThreadFollower;
  /** Whether a run of ours may have changed the thread since the page last heard of it. */
  private changed = false;
  /** While the answer to a question of this page is on its way. */
  private asking = false;
  private readonly settled = new Map<string, () => void>();

  constructor(private readonly config: ChatSessionConfig) {
    const { agent, core, draftScope } = config;
    // A refused question still stands in the conversation while it is put back into the box.
    this.box = new DraftBox(draftScope, () => agent.messages.length <= (this.refused ? 1 : 0));
    this.draft = this.box.text;
    this.follower = new ThreadFollower({
      agent,
      core,
      threadId: () => this.threadId,
      isSending: () => this.sending.get(),
      isAsking: () => this.asking,
      hasParked: () => this.parked.get().length > 0,
      onLook: () => {
        this.changed = true;
      },
      onRejoined: (last) => {
        this.streamingId.set(undefined);
        this.keepIfLost(last);
      },
      onRejoinEnded: () => this.sendParked(),
      onExistence: (exists) => {
        if (!exists) this.notice.set({ kind: "deleted" });
        else if (this.notice.get()?.kind === "deleted") this.notice.set(null);
      },
    });
  }

  get connection(): ThreadFollower["connection"] {
    return this.follower.connection;
  }

  /** Listens to the agent until the returned function is called. */
  attach(): () => void {
    const subscribers = [
      this.subscriber(),
      this.reading.subscriber(),
      this.context.subscriber(),
      this.budget.subscriber(),
      this.recovery.subscriber(),
    ];
    const subscriptions = subscribers.map((one) => this.config.agent.subscribe(one));
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }

  /** Says which conversation is shown; its own draft comes with it. */
  show(threadId: string | undefined): void {
    this.threadId = threadId;
    if (!this.box.show(threadId)) return;
    this.parked.set([]);
    this.notice.set(null);
    this.streamingId.set(undefined);
    this.context.clear();
    this.budget.clear();
    this.recovery.clear();
    this.follower.reset();
  }

  write(text: string): void {
    this.box.write(text);
  }

  /** Sends a question, or parks it while an answer runs or is being joined again. The text leaves the box only when it is on its way. */
  async send(text: string): Promise<void> {
    const question = text.trim();
    if (question === "" || this.sending.get()) return;
    if (this.config.agent.isRunning || this.follower.isRejoining) {
      this.parked.set([...this.parked.get(), question]);
      this.write("");
      return;
    }
    this.notice.set(null);
    this.refused = false;
    if (!this.threadId && !(await this.begin())) return;
    this.write("");
    this.config.agent.addMessage({ id: randomUUID(), role: "user", content: question });
    await this.ask();
  }

  /** The id of the conversation that is shown, once it has one. */
  get thread(): string | undefined {
    return this.threadId;
  }

  /** Sends a question whose answer shall fail as the scenario says: the words in the box, else those given. */
  async breakNext(scenario: string, question: string): Promise<void> {
    if (this.config.agent.isRunning) return;
    this.config.agent.breakNextRun(scenario);
    try {
      await this.send(this.draft.get().trim() || question);
    } finally {
      // A question that never got away must not leave it for the next one.
      this.config.agent.breakNextRun(undefined);
    }
  }

  /** Brings the last question back into the box, to be asked in other words. */
  edit(): void {
    const question = this.config.agent.messages.findLast(({ role }) => role === "user")?.content;
    if (typeof question === "string" && !this.draft.get().trim()) this.write(question);
    this.wantsFocus.set(this.wantsFocus.get() + 1);
  }

  /** Asks for the rest of an answer that reached its length limit. */
  goOnAnswering(): void {
    void this.send("Please continue where you stopped.");
  }

  /** Asks the last question again: the server knows it and answers it once more, unless it refused it and it is back in the box. */
  async retry(): Promise<void> {
    if (this.config.agent.isRunning) return;
    if (this.refused && this.draft.get().trim()) return this.send(this.draft.get());
    this.notice.set(null);
    await this.ask();
  }

  /** Asks the last question once more as a new one: its answer was an earlier one, and that is not enough. */
  async askAgain(): Promise<void> {
    const question = this.config.agent.messages.findLast(({ role }) => role === "user")?.content;
    if (typeof question === "string") await this.send(question);
  }

  /** Catches up with what happened to the thread elsewhere: in another tab, or while this one slept. */
  follow(): Promise<void> {
    return this.follower.follow();
  }

  /** Keeps in step with what the person does to the thread in another tab or on another device. */
  hear(heard: HeardChange): void {
    this.follower.hear(heard);
  }

  /** Leaves the stream of an answer that nobody looks at. */
  letGo(): void {
    this.follower.letGo();
  }

  /** Says that the page is looked at again, after `awayMs`. */
  returned(awayMs: number): void {
    this.follower.returned(awayMs);
  }

  stop(): void {
    this.config.core.stopAgent({ agent: this.config.agent });
  }

  /** Takes a parked question back into the box. */
  unpark(): void {
    const texts = [...this.parked.get(), this.draft.get()].filter(Boolean);
    this.parked.set([]);
    this.write(texts.join("\n\n"));
  }

  private async ask(): Promise<void> {
    this.changed = true;
    this.asking = true;
    try {
      await this.config.core.runAgent({ agent: this.config.agent });
    } finally {
      this.asking = false;
    }
  }

  private async begin(): Promise<boolean> {
    this.sending.set(true);
    try {
      const result = await this.config.createThread();
      if (!result.ok) {
        this.refused = true;
        this.notice.set({ kind: "failed", code: "thread_not_created", message: result.message });
        return false;
      }
      const { id } = result.data;
      this.config.agent.expectEmpty(id);
      // The chat connects to a thread as soon as it is shown, and would drop a message that was added before it had.
      const connected = new Promise<void>((resolve) => this.settled.set(id, resolve));
      this.box.begin(id);
      this.threadId = id;
      this.config.onThreadCreated(id);
      await connected;
      return true;
    } catch {
      this.refused = true;
      this.notice.set({
        kind: "failed",
        code: "network",
        message: "The question could not be sent. Check your connection and try again.",
      });
      return false;
    } finally {
      this.sending.set(false);
    }
  }

  private subscriber(): AgentSubscriber {
    return {
      onEvent: () => {
        this.follower.connection.set("online");
        return undefined;
      },
      onRunStartedEvent: () => {
        this.notice.set(null);
        return undefined;
      },
      onRunErrorEvent: ({ event, messages }) => {
        // Our runs leave a marker in the conversation, which says it at its place and after a reload too.
        const last = messages.at(-1);
        const marked = last?.role === "activity" && last.activityType === RUN_ENDED_ACTIVITY;
        if (!marked) this.notice.set(noticeOf(event));
        return undefined;
      },
      onRunFailed: ({ error, messages }) => this.fail(error, messages),
      onRunFinalized: ({ input }) => {
        // A stream that broke is not the end of its answer.
        if (!this.follower.isRejoining) this.streamingId.set(undefined);
        const resolve = this.settled.get(input.threadId);
        this.settled.delete(input.threadId);
        if (resolve) setTimeout(resolve);
        if (this.changed) this.config.onRunEnded();
        this.changed = false;
        // Not before the agent has marked itself idle.
        setTimeout(() => this.goOn());
        return undefined;
      },
    };
  }

  /** Handles a failed request here, once; `stopPropagation` keeps the library from reporting it twice more. */
  private fail(error: unknown, messages: readonly Message[]): AgentStateMutation {
    // Who was connected a moment ago waits for a server that restarts, or whose database does, as for a connection.
    if (isNetworkFailure(error) || (this.follower.isRejoining && isServerAway(error))) {
      this.follower.lostConnection();
      return { stopPropagation: true };
    }
    const notice = noticeOf(error);
    this.notice.set(notice);
    const last = messages.at(-1);
    // Refused, so nothing was stored: the question goes back to the box instead of standing there unanswered.
    if (isRefusal(error) && last?.role === "user") {
      this.refused = true;
      if (typeof last.content === "string" && !this.draft.get()) this.write(last.content);
      return { stopPropagation: true, messages: messages.slice(0, -1) };
    }
    return { stopPropagation: true };
  }

  /** A question that the server never received goes back to the box, or can be asked again where it stands. */
  private keepIfLost(question: Message | undefined): void {
    if (question?.role !== "user" || typeof question.content !== "string") return;
    const { messages } = this.config.agent;
    if (messages.at(-1)?.id === question.id) {
      const message = "The connection broke before the question arrived.";
      this.notice.set({ kind: "failed", code: "network", message });
    } else if (!messages.some(({ id }) => id === question.id) && !this.draft.get()) {
      this.write(question.content);
    }
  }

  private goOn(): void {
    // Where the thread goes on elsewhere, questions are parked until that has ended too.
    if (!this.follower.catchUp()) this.sendParked();
  }

  private sendParked(): void {
    const parked = this.parked.get();
    if (parked.length === 0 || this.config.agent.isRunning || this.notice.get()) return;
    this.parked.set([]);
    void this.send(parked.join("\n\n"));
  }
}
