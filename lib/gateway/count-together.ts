import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";

interface Use {
  count(state: RateLimiterRes): void;
  fail(error: unknown): void;
}

/**
 * Counts uses of a limiter. Uses of one key that come while the store is being asked go with the next question, all in one: a storm
 * from one person would otherwise be as many statements, one behind the other, for the lock of one row.
 */
export class CountTogether {
  private readonly lines = new Map<string, Use[]>();

  constructor(private readonly limiter: Pick<RateLimiterAbstract, "consume">) {}

  /** Counts one use and resolves with how things stand after it, past the limit too. Rejects when nobody could be asked. */
  consume(key: string): Promise<RateLimiterRes> {
    return new Promise((resolve, reject) => {
      const line = this.lines.get(key);
      const use = { count: resolve, fail: reject };
      if (line) {
        line.push(use);
        return;
      }
      const begun = [use];
      this.lines.set(key, begun);
      void this.serve(key, begun);
    });
  }

  private async serve(key: string, line: Use[]): Promise<void> {
    while (line.length > 0) {
      const uses = line.splice(0);
      try {
        const { consumedPoints, remainingPoints, msBeforeNext } = await this.ask(key, uses.length);
        uses.forEach((use, i) => {
          // In the order in which they came.
          const used = consumedPoints - (uses.length - 1 - i);
          use.count(new RateLimiterRes(remainingPoints, msBeforeNext, used));
        });
      } catch (error) {
        for (const use of uses) use.fail(error);
      }
    }
    this.lines.delete(key);
  }

  /** The library throws the state when the limit is passed. */
  private async ask(key: string, uses: number): Promise<RateLimiterRes> {
    try {
      return await this.limiter.consume(key, uses);
    } catch (outcome) {
      if (outcome instanceof RateLimiterRes) return outcome;
      throw outcome;
    }
  }
}
