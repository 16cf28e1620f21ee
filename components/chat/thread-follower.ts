import type { Message } from "@ag-ui/client";
import type { CopilotKitCore } from "@copilotkit/react-core/v2";
import type { HeardChange } from "@/components/sync/change-feed";
import type { ChatAgent } from "./chat-agent";
import { Store } from "./store";

const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000];
/** A shorter absence is not worth a request when nothing is known to have happened. */
const AWAY_MS_MAX = 10_000;

interface FollowerParts {
  agent: ChatAgent;
  core: CopilotKitCore;
  /** The conversation that is shown. */
  threadId(): string | undefined;
  /** True until the thread of a first question exists. */
  isSending(): boolean;
  /** While the answer to a question of this page is on its way. */
  isAsking(): boolean;
  /** Whether questions of this page wait for the answer's end. */
  hasParked(): boolean;
  /** Called before each look: the thread may be another one afterwards. */
  onLook(): void;
  /** Called once a broken connection stands again, with what was the last message when it broke. */
  onRejoined(last: Message | undefined): void;
  /** Called when it is not being joined again any more, whichever way. */
  onRejoinEnded(): void;
  /** The thread that is shown was deleted or restored, here or elsewhere. */
  onExistence(exists: boolean): void;
}

/** Keeps a page in step with its thread: rejoins after a broken connection, and joins what goes on elsewhere. */
export class ThreadFollower {
  readonly connection = new Store<"online" | "reconnecting">("online");
  private rejoining = false;
  private attemptFailed = false;
  /** Whether the thread went on elsewhere since this page last read it. */
  private behind = false;

  constructor(private readonly parts: FollowerParts) {}

  get isRejoining(): boolean {
    return this.rejoining;
  }

  /** Another conversation is shown, which is read as it is now. */
  reset(): void {
    this.behind = false;
  }

  /** Catches up with what happened to the thread elsewhere: in another tab, or while this one slept. */
  async follow(): Promise<void> {
    const { agent, core, threadId, isSending, onLook } = this.parts;
    if (!threadId() || agent.isRunning || this.rejoining || isSending()) return;
    this.behind = false;
    onLook();
    await core.connectAgent({ agent });
  }

  /** Catches up if something happened, or may have, and somebody looks. Returns whether it does. */
  catchUp(): boolean {
    if (this.parts.agent.mayHaveMissed) this.behind = true;
    if (!this.behind || this.parts.isAsking() || document.visibilityState !== "visible") return false;
    void this.follow();
    return true;
  }

  /** Keeps in step with what the person does to the thread in another tab or on another device. */
  hear(heard: HeardChange): void {
    const { threadId, isAsking, onExistence } = this.parts;
    if (heard.change === "missed") this.fallBehind();
    else if (heard.threadId !== threadId()) return;
    // A thread has one run at a time, so while this page asks it is its own.
    else if (heard.change === "run-started" && !isAsking()) this.fallBehind();
    else if (heard.change === "deleted" || heard.change === "restored") onExistence(heard.change === "restored");
  }

  /**
   * Leaves the stream of an answer that nobody looks at; the answer goes on, and `returned` joins it again. A browser has six
   * connections to a host over HTTP/1.1, and each of its tabs may show an answer.
   */
  letGo(): void {
    const { agent, isSending, hasParked } = this.parts;
    // Parked questions wait for the end of the stream; half a tool call would be taken for one that the page has to answer.
    const needed = isSending() || hasParked() || hasOpenToolCall(agent.messages);
    if (!agent.isRunning || needed || this.rejoining) return;
    this.behind = true;
    void agent.detachActiveRun();
  }

  /** Says that the page is looked at again, after `awayMs`. */
  returned(awayMs: number): void {
    if (this.behind || awayMs > AWAY_MS_MAX) void this.follow();
  }

  /** The connection broke, or the attempt to make it again failed. */
  lostConnection(): void {
    this.attemptFailed = true;
    void this.rejoin();
  }

  private fallBehind(): void {
    if (!this.parts.threadId()) return;
    this.behind = true;
    // A page that nobody sees joins when it is looked at: ten of them would take all connections that the browser has for the host.
    if (document.visibilityState === "visible") void this.follow();
  }

  /** Joins the stream of the thread again until it works; the server replays what was missed and goes on live. */
  private async rejoin(): Promise<void> {
    const { agent, core, threadId: shown, onLook, onRejoined, onRejoinEnded } = this.parts;
    const threadId = shown();
    if (this.rejoining || !threadId) return;
    this.rejoining = true;
    this.connection.set("reconnecting");
    const last = agent.messages.at(-1);
    try {
      for (let attempt = 0; shown() === threadId; attempt++) {
        await pause(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 0);
        if (shown() !== threadId) return;
        this.attemptFailed = false;
        onLook();
        await core.connectAgent({ agent });
        if (this.attemptFailed) continue;
        this.connection.set("online");
        onRejoined(last);
        return;
      }
    } finally {
      this.rejoining = false;
      onRejoinEnded();
    }
  }
}

function hasOpenToolCall(messages: readonly Message[]): boolean {
  const answered = new Set(messages.map((message) => message.role === "tool" && message.toolCallId));
  return messages.some(
    (message) => message.role === "assistant" && message.toolCalls?.some(({ id }) => !answered.has(id)),
  );
}

/** Waits, but no longer than until the browser says it is online again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}
