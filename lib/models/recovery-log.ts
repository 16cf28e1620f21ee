import type { RecoveryAction, RecoveryReceipt } from "@/contract/failures";
import type { Failure } from "@/lib/failures/classify";
import type { ChatModel } from "./registry";

type Step = RecoveryReceipt["steps"][number];

/** What went wrong in one turn and what it cost, for the receipt under the answer. */
export class RecoveryLog {
  private readonly steps: Step[] = [];
  private open: Step | undefined;
  private extraTokens = 0;
  private extraCostUsd: number | null = 0;

  get last(): Step | undefined {
    return this.steps.at(-1);
  }

  add(failure: Pick<Failure, "class">, action: RecoveryAction, model: ChatModel): void {
    const step = { class: failure.class, action, at: Date.now(), tookMs: 0, model: model.label };
    this.steps.push(step);
    this.open = action === "keep" ? undefined : step;
  }

  /** The next attempt is on its way: what was being done about the last failure has been done. */
  resumed(): void {
    if (this.open) this.open.tookMs = Date.now() - this.open.at;
    this.open = undefined;
  }

  /** A request that led to nothing was charged. */
  wasted(tokens: number, costUsd: number | null): void {
    this.extraTokens += tokens;
    this.extraCostUsd = costUsd === null || this.extraCostUsd === null ? null : this.extraCostUsd + costUsd;
  }

  /** Null when nothing went wrong. */
  receipt(answeredBy: string | null): Omit<RecoveryReceipt, "messageId"> | null {
    const [first] = this.steps;
    if (!first) return null;
    const last = this.steps.at(-1) ?? first;
    return {
      steps: this.steps,
      tookMs: last.at + last.tookMs - first.at,
      extraTokens: this.extraTokens,
      extraCostUsd: this.extraCostUsd,
      answeredBy,
    };
  }
}
