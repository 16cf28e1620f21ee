// What a person does to their conversations in one place, told in all others. A browser opens at most six connections to a host over
// HTTP/1.1, so its tabs share one stream: the leading tab holds it and passes on what it hears.
import type { ThreadChange, ThreadNews } from "@/lib/runs/thread-change";
import { keepStreamOpen, type TellNews } from "./event-stream";
import { askToLead } from "./lead-tab";

/** A change of one thread; `missed` says that any of them may have changed. */
export type HeardChange = ThreadChange | { change: "missed" };

type Listener = (heard: HeardChange) => void;

/** The leading tab passes on a sign of life about every twelve seconds. */
const QUIET_MS = 45_000;

/** The changes of one member's threads in one tenant, heard while anybody listens. */
export class ChangeFeed {
  private readonly listeners = new Set<Listener>();
  private close: (() => void) | undefined;

  /** `name` is the same in all tabs that may share, and in no others. */
  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {}

  /** Returns the way to stop listening. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    this.close ??= this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.close?.();
      this.close = undefined;
    };
  }

  private open(): () => void {
    const hear: TellNews = (news) => {
      if (news.change === "alive") return;
      for (const listener of this.listeners) listener(news);
    };
    // Browsers have locks on secure origins only, so a phone that tests over plain HTTP has none.
    const canShare = "locks" in navigator && "BroadcastChannel" in globalThis;
    return canShare ? share(this.url, this.name, hear) : keepStreamOpen(this.url, hear);
  }
}

function share(url: string, name: string, hear: TellNews): () => void {
  const channel = new BroadcastChannel(name);
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const lead = askToLead(name, () => {
    clearTimeout(quiet);
    const close = keepStreamOpen(url, (news) => {
      hear(news);
      channel.postMessage(news);
    });
    return () => {
      close();
      expectSigns();
    };
  });
  function expectSigns() {
    clearTimeout(quiet);
    // A hidden tab has nobody to show anything to, and its timers are late.
    quiet = setTimeout(() => (document.visibilityState === "visible" ? lead.takeOver() : expectSigns()), QUIET_MS);
  }
  channel.onmessage = ({ data }: MessageEvent<ThreadNews>) => {
    expectSigns();
    hear(data);
  };
  expectSigns();
  return () => {
    lead.leave();
    clearTimeout(quiet);
    channel.close();
  };
}
