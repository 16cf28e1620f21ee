import type { AgentSubscriber } from "@ag-ui/client";
import { BUDGET_EVENT, type BudgetNotice, budgetNoticeSchema } from "@/contract/usage";
import { Store } from "./store";

/** Which soft limit the answer on the screen has passed, as its run said. */
export class BudgetReading {
  readonly notice = new Store<BudgetNotice | null>(null);

  clear(): void {
    this.notice.set(null);
  }

  subscriber(): AgentSubscriber {
    return {
      onRunStartedEvent: () => {
        this.clear();
        return undefined;
      },
      onCustomEvent: ({ event }) => {
        if (event.name !== BUDGET_EVENT) return undefined;
        const { data } = budgetNoticeSchema.safeParse(event.value);
        // Of several limits that are passed one line is enough.
        if (data && !this.notice.get()) this.notice.set(data);
        return undefined;
      },
    };
  }
}
