import type { AgentSubscriber } from "@ag-ui/client";
import {
  PROVIDER_STATUS_EVENT,
  type ProviderStatus,
  providerStatusSchema,
  RECOVERY_EVENT,
  type RecoveryNotice,
  recoveryNoticeSchema,
} from "@/contract/failures";
import { Store } from "./store";

/** What is being done right now about a failure, and which models are left alone, as the server last said. */
export class RecoveryReading {
  readonly notice = new Store<RecoveryNotice | null>(null);
  readonly status = new Store<ProviderStatus | null>(null);
  /** For screen readers: how a run failed. What is done meanwhile is announced by the notice itself. */
  readonly announcement = new Store("");

  clear(): void {
    this.notice.set(null);
    this.announcement.set("");
  }

  subscriber(): AgentSubscriber {
    const over = () => {
      this.notice.set(null);
      return undefined;
    };
    return {
      onCustomEvent: ({ event }) => {
        if (event.name === RECOVERY_EVENT) {
          const { data } = recoveryNoticeSchema.safeParse(event.value);
          if (data) this.notice.set(shownNotice(this.notice.get(), data));
        }
        if (event.name === PROVIDER_STATUS_EVENT) {
          const { data } = providerStatusSchema.safeParse(event.value);
          if (data) this.status.set(data);
        }
        return undefined;
      },
      onRunStartedEvent: () => {
        this.announcement.set("");
        return over();
      },
      onRunErrorEvent: ({ event }) => {
        this.announcement.set(event.message);
        return over();
      },
      onRunFinalized: over,
    };
  }
}

/** Once the answer comes again there is nothing to say, except that another model gives it. */
function shownNotice(before: RecoveryNotice | null, next: RecoveryNotice): RecoveryNotice | null {
  if (next.state === "recovering") return next;
  return before?.state === "recovering" && before.action === "switch" ? next : null;
}
