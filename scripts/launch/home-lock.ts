import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Holder, isAlive, type Lock, readHolder, takeLock } from "../bootstrap/lock-file.mjs";
import { StepFailure } from "../bootstrap/step.mjs";
import { killGroup } from "./child";
import { type Settings, shownHome } from "./settings";

/** A node that is stopping, or has just lost its terminal and is about to notice, is waited for. */
const STOPPING_WAIT_MS = 10_000;
const NOTICE_WAIT_MS = 1_000;
/** How long what a killed node left behind may take to end by itself. */
const LEFTOVER_WAIT_MS = 2_000;
const POLL_MS = 100;

interface NodeHolder extends Holder {
  url?: string;
  stopping?: boolean;
  children?: { name: string; pid: number; startedAt: string | null }[];
}

/**
 * Makes this process the only node of its kind on the home. The embedded Postgres allows one node; on a database of their own
 * several may share a home, one a port. Ends what a killed predecessor left running, except Postgres, which is adopted.
 */
export async function lockHome(settings: Settings): Promise<Lock> {
  const file = join(settings.home, settings.databaseUrl ? `node-${settings.port}.lock` : "node.lock");
  const predecessor = readHolder(file) as NodeHolder | null;
  const started = Date.now();
  for (;;) {
    const { holder, lock } = takeLock(file, { url: `http://localhost:${settings.port}` });
    if (lock) {
      await endLeftovers(predecessor?.children ?? []);
      return lock;
    }
    const node = holder as NodeHolder;
    if (Date.now() - started > (node.stopping ? STOPPING_WAIT_MS : NOTICE_WAIT_MS)) throw alreadyRuns(settings, node);
    await sleep(POLL_MS);
  }
}

function alreadyRuns(settings: Settings, node: NodeHolder): StepFailure {
  const beside = `PORT=${settings.port + 100} FLIGHTDECK_HOME=${shownHome(settings)}-2 npm start`;
  return new StepFailure(
    `Flightdeck already runs on ${shownHome(settings)}: process ${node.pid}, ${node.url}`,
    `use that one, stop it (kill ${node.pid}), or start another beside it: ${beside}`,
  );
}

async function endLeftovers(children: NonNullable<NodeHolder["children"]>): Promise<void> {
  const deadline = Date.now() + LEFTOVER_WAIT_MS;
  for (const child of children) {
    while (isAlive(child) && Date.now() < deadline) await sleep(POLL_MS);
    if (isAlive(child)) killGroup(child.pid);
  }
}
