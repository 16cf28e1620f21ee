import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { processCommand, processStart } from "../../bootstrap/live-process.mjs";

/** What a running (or killed) server wrote to postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  /** "ready", "starting", "stopping" or "standby"; "" while it has just begun. */
  status: string;
}

// No system hands out a pid this high, so Postgres takes its owner for dead.
const NO_PID = 999_999_999;

const fileOf = (data: string) => join(data, "postmaster.pid");

export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  // The lines are fixed by Postgres's miscadmin.h: pid, data directory, start time, port, socket folder, address, memory key, status.
  const lines = (await readFile(fileOf(data), "utf8").catch(() => "")).split("\n");
  const pid = Math.abs(Number(lines[0]));
  return pid ? { pid, port: Number(lines[3]), status: (lines[7] ?? "").trim() } : undefined;
}

/** Whether the recorded process is a Postgres on this data. Where its command line cannot be read, a live process counts as one. */
export function isPostmaster(postmaster: Postmaster, data: string): boolean {
  if (processStart(postmaster.pid) === null) return false;
  const command = processCommand(postmaster.pid);
  return command === "" || (command.includes("postgres") && command.includes(data));
}

/**
 * Tells Postgres that the recorded pid, which by now belongs to some other program, is not its predecessor. Only the pid is
 * replaced: by the memory key that follows Postgres still checks that no process of the old server is left.
 */
export async function disownPid(data: string): Promise<void> {
  const [, ...rest] = (await readFile(fileOf(data), "utf8")).split("\n");
  await writeFile(fileOf(data), [NO_PID, ...rest].join("\n"));
}
