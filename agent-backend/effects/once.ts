import { and, eq, sql } from "drizzle-orm";
import { effects } from "@/db/schema";
import { OutsideFailure } from "../systems/outside-failure";
import type { TenantWork } from "../tenant-work";

export interface Effect {
  tenantId: string;
  threadId: string;
  /** `thread:step:loop`: the same for every attempt of this step, another for the next time round. */
  key: string;
  step: string;
  system: string;
  operation: string;
  request: Record<string, unknown>;
}

export interface OutsideCall<T> {
  /** Does it, under the key. */
  call(key: string): Promise<T>;
  /** What the system knows under the key; null for nothing. */
  find?(key: string): Promise<T | null>;
}

const TRIES = 3;
const PAUSE_MS = 250;

/**
 * Does something outside exactly once. The effect is written down before the call and its result after it, each in a transaction of its
 * own, so a process that dies in between leaves a begun row: the next attempt asks the system what it knows under the key before doing
 * anything. An answer that got lost is looked for in the same way. Throws OutsideFailure when the system stays away.
 */
export async function once<T extends Record<string, unknown>>(
  work: TenantWork,
  effect: Effect,
  outside: OutsideCall<T>,
): Promise<{ result: T; repeated: boolean }> {
  const begun = await begin(work, effect);
  if (begun.result) return { result: begun.result as T, repeated: true };
  let mayBeDone = begun.attempts > 1;
  for (let attempt = 1; ; attempt++) {
    try {
      const found = mayBeDone ? await outside.find?.(effect.key) : null;
      const result = found ?? (await outside.call(effect.key));
      await complete(work, effect, result);
      return { result, repeated: Boolean(found) };
    } catch (error) {
      if (!(error instanceof OutsideFailure) || error.kind === "refused" || attempt === TRIES) throw error;
      mayBeDone ||= error.kind === "timeout";
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}

async function begin(work: TenantWork, effect: Effect): Promise<{ attempts: number; result: unknown }> {
  const [row] = await work((tx) =>
    tx
      .insert(effects)
      .values(effect)
      .onConflictDoUpdate({
        target: [effects.tenantId, effects.key],
        set: {
          attempts: sql`case when ${effects.state} = 'done' then ${effects.attempts} else ${effects.attempts} + 1 end`,
        },
      })
      .returning({ attempts: effects.attempts, state: effects.state, result: effects.result }),
  );
  if (!row) throw new Error(`the effect ${effect.key} could not be begun`);
  return { attempts: row.attempts, result: row.state === "done" ? row.result : null };
}

async function complete(work: TenantWork, { key }: Effect, result: Record<string, unknown>): Promise<void> {
  await work((tx) =>
    tx
      .update(effects)
      .set({ state: "done", result, doneAt: sql`now()` })
      .where(and(eq(effects.key, key), eq(effects.state, "begun"))),
  );
}
