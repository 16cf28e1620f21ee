import { type Frames, toServerSentEvents } from "@/lib/runs/event-stream";
import type { ThreadNews } from "@/lib/runs/thread-change";
import { EVENT_STREAM_HEADERS } from "./event-stream-headers";
import type { RequestIdentity } from "./identity";
import { findMember } from "./membership";
import { getRunner, startRunner } from "./runner";

interface FollowLimits {
  keepAliveMs: number;
  /** How often the membership is read again. */
  recheckMs: number;
  /** A stream whose membership could not be confirmed for this long is closed. */
  unconfirmedMsMax: number;
  /** Whoever opens it again is authenticated again, so that nobody follows for ever with a session that was ended. */
  lifetimeMs: number;
}

const defaultLimits: FollowLimits = {
  keepAliveMs: 12_000,
  recheckMs: 30_000,
  unconfirmedMsMax: 60_000,
  lifetimeMs: 30 * 60_000,
};

/** Changes that wait for a slow reader; beyond that it is told to look for itself. */
const WAITING_MAX = 64;

/**
 * What happens to the caller's own threads in this tenant, as server-sent events that hold a ThreadNews each. Ends when the reader
 * leaves, when the caller is no member any more, when the process shuts down, and after half an hour.
 */
export async function followThreadChanges(
  identity: RequestIdentity,
  gone: AbortSignal,
  limits: FollowLimits = defaultLimits,
): Promise<Response> {
  // A process that has served no run yet begins to listen here.
  await startRunner();
  const frames: Frames = (left) => readNews(identity, AbortSignal.any([gone, left]), limits);
  return new Response(toServerSentEvents(frames, limits.keepAliveMs), { headers: EVENT_STREAM_HEADERS });
}

async function* readNews(
  identity: RequestIdentity,
  gone: AbortSignal,
  limits: FollowLimits,
): AsyncGenerator<string[], void, undefined> {
  const { tenantId, userId } = identity;
  const beganAt = Date.now();
  let confirmedAt = beganAt;
  let ended = false;
  // The first line says that the stream stands.
  let waiting: ThreadNews[] = [{ change: "alive" }];
  let wake = () => {};
  const tell = (news: ThreadNews) => {
    waiting = waiting.length < WAITING_MAX ? [...waiting, news] : [{ change: "missed" }];
    wake();
  };
  const end = () => {
    ended = true;
    wake();
  };
  const stopListening = getRunner().onThreadChanged({
    changed: ({ tenantId: tenant, userId: owner, threadId, change }) => {
      if (tenant === tenantId && owner === userId) tell({ threadId, change });
    },
    missed: () => tell({ change: "missed" }),
    closed: end,
  });
  gone.addEventListener("abort", end);
  try {
    while (!ended && !gone.aborted && Date.now() - beganAt < limits.lifetimeMs) {
      if (Date.now() - confirmedAt >= limits.recheckMs) {
        const member = await findMember(userId, tenantId).catch(() => undefined);
        if (member === null) return;
        if (member) confirmedAt = Date.now();
        else if (Date.now() - confirmedAt > limits.unconfirmedMsMax) return;
      }
      if (waiting.length > 0) {
        yield waiting.splice(0).map((news) => JSON.stringify(news));
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          tell({ change: "alive" });
        }, limits.keepAliveMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    gone.removeEventListener("abort", end);
    stopListening();
  }
}
