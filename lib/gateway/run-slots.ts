/**
 * How many runs of one tenant, and of one of its members, may go on at once, over all nodes. What goes on is counted in the runs
 * themselves, so that a process that died leaves no slot taken. On one node the runs of a tenant are admitted one after another, which
 * keeps a tenant that storms the door from taking more than one turn at a time. They are counted before, so that nothing is stored of
 * what is refused, and once more after: of what several nodes admit in the same moment, whoever looks last sees everything.
 *
 * Who finds no room waits a moment and looks once more before they are refused. A short burst passes that way, and a script that asks
 * again as soon as it is refused cannot ask more often than that, so that its refusals do not cost the others their time.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { runs } from "@/db/schema";
import { type Doors, withRunner } from "@/db/with-tenant";
import { rateLimited } from "@/lib/failures/app-error";

export interface RunShare {
  /** Null: no limit. */
  tenant: number | null;
  member: number | null;
}

export interface Runner {
  tenantId: string;
  userId: string;
}

interface Stored {
  stored: Promise<void>;
}

interface Going {
  tenant: number;
  member: number;
}

/** What a look came to; `fullFor` is whose share was full, a member's or the whole tenant's. */
type Entry<T> = { entered: true; admitted: T } | { entered: false; fullFor: string };

const RETRY_MS = 1_500;
/** Who comes this soon after somebody was refused is refused without another look. */
const FULL_MS = 50;
const SECOND_LOOK_MS = 1_000;
/** Of one tenant on one node; a storm that is larger is refused at once, because each of them is a request that is held. */
const WAITING_MAX = 200;
const WHOLE_TENANT = "";

export class RunSlots {
  /** By tenant, the end of the last admission in line. */
  private readonly lines = new Map<string, Promise<void>>();
  private readonly fullSince = new Map<string, { subject: string; atMs: number }>();
  /** By tenant, how many wait for their second look. */
  private readonly waiting = new Map<string, number>();

  constructor(
    private readonly doors: Pick<Doors, "withRunner"> = { withRunner },
    private readonly now: () => number = () => performance.now(),
    // Spread, so that those who came together do not look together.
    private readonly pause: () => Promise<unknown> = () => sleep(SECOND_LOOK_MS * (0.5 + Math.random())),
  ) {}

  /**
   * Runs `admit`, which begins to store a running run, when there is room for one more. Throws AppError rate_limited when there is none, and
   * what `admit` throws. After it was admitted too: then another node was faster, and the caller gives the run back.
   */
  async enter<T extends Stored>(runner: Runner, share: RunShare, admit: () => Promise<T>): Promise<T> {
    if (share.tenant === null && share.member === null) return admit();
    const first = await this.tryToEnter(runner, share, admit);
    if (first.entered) return first.admitted;
    if (!(await this.waitForSecondLook(runner.tenantId))) throw refusal(first.fullFor);
    const second = await this.tryToEnter(runner, share, admit);
    if (second.entered) return second.admitted;
    throw refusal(second.fullFor);
  }

  /** One look, when the tenant's line has come to it. */
  private tryToEnter<T extends Stored>(runner: Runner, share: RunShare, admit: () => Promise<T>): Promise<Entry<T>> {
    const { tenantId } = runner;
    const turn = (this.lines.get(tenantId) ?? Promise.resolve()).then(async (): Promise<Entry<T>> => {
      const fullFor = await this.whoseShareIsFull(runner, share);
      if (fullFor !== undefined) return { entered: false, fullFor };
      const admitted = await admit();
      // What is not in the database yet nobody else counts.
      await admitted.stored;
      await this.requireNoneTooMany(runner, share);
      return { entered: true, admitted };
    });
    const end = turn.then(
      () => {},
      () => {},
    );
    this.lines.set(tenantId, end);
    void end.then(() => {
      if (this.lines.get(tenantId) === end) this.lines.delete(tenantId);
    });
    return turn;
  }

  /** Waits, and returns false at once where too many do. */
  private async waitForSecondLook(tenantId: string): Promise<boolean> {
    const waiting = this.waiting.get(tenantId) ?? 0;
    if (waiting >= WAITING_MAX) return false;
    this.waiting.set(tenantId, waiting + 1);
    await this.pause();
    const left = (this.waiting.get(tenantId) ?? 1) - 1;
    if (left > 0) this.waiting.set(tenantId, left);
    else this.waiting.delete(tenantId);
    return true;
  }

  private async whoseShareIsFull({ tenantId, userId }: Runner, share: RunShare): Promise<string | undefined> {
    const full = this.fullSince.get(tenantId);
    const isFresh = full !== undefined && this.now() - full.atMs < FULL_MS;
    if (isFresh && (full.subject === WHOLE_TENANT || full.subject === userId)) return full.subject;
    const going = await this.count({ tenantId, userId });
    const subject = subjectOver(share, { tenant: going.tenant + 1, member: going.member + 1 }, userId);
    if (subject === undefined) this.fullSince.delete(tenantId);
    else this.fullSince.set(tenantId, { subject, atMs: this.now() });
    return subject;
  }

  private async requireNoneTooMany(runner: Runner, share: RunShare): Promise<void> {
    const subject = subjectOver(share, await this.count(runner), runner.userId);
    if (subject !== undefined) throw refusal(subject);
  }

  private async count({ tenantId, userId }: Runner): Promise<Going> {
    const [going] = await this.doors.withRunner(tenantId, (tx) =>
      tx
        .select({
          tenant: sql<number>`count(*)::int`,
          member: sql<number>`count(*) filter (where ${runs.userId} = ${userId})::int`,
        })
        .from(runs)
        .where(and(eq(runs.tenantId, tenantId), eq(runs.status, "running"))),
    );
    return going ?? { tenant: 0, member: 0 };
  }
}

/** Whose share these runs are more than: the whole tenant's before the member's; undefined when they are within both. */
function subjectOver(share: RunShare, going: Going, userId: string): string | undefined {
  if (share.tenant !== null && going.tenant > share.tenant) return WHOLE_TENANT;
  return share.member !== null && going.member > share.member ? userId : undefined;
}

// Spread, so that those who were refused together do not come back together.
function refusal(subject: string) {
  const waitMs = Math.round(RETRY_MS * (0.5 + Math.random()));
  const whose = subject === WHOLE_TENANT ? "This workspace has" : "You have";
  return rateLimited(waitMs, `${whose} as many answers going as may go at once. Try again in a moment.`);
}
