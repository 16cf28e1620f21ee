// What processes use, read from /proc; elsewhere there is nothing to read and the figures are left out.
import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  cpuMs: number;
  /** Of children that have ended. */
  childrenCpuMs: number;
}

/** Processor time in milliseconds of a process and everything below it, ended children included; NaN where it cannot be read. */
export function cpuMsOf(pid: number): number {
  return sum(pid, ({ cpuMs, childrenCpuMs }) => cpuMs + childrenCpuMs);
}

/** Memory in bytes that a process and everything below it hold: shared pages are counted once for each. */
export function memoryOf(pid: number): number {
  return sum(pid, (_, member) => {
    const pages = Number(readFileSync(`/proc/${member}/statm`, "utf8").split(" ")[1]);
    return pages * 4096;
  });
}

function sum(pid: number, read: (stat: Stat, member: number) => number): number {
  const stats = readStats();
  if (!stats.has(pid)) return Number.NaN;
  let total = 0;
  for (const [member, stat] of stats) {
    if (!isBelow(stats, member, pid)) continue;
    try {
      total += read(stat, member);
    } catch {
      // It ended while we looked.
    }
  }
  return total;
}

function isBelow(stats: Map<number, Stat>, member: number, pid: number): boolean {
  for (let at: number | undefined = member; at; at = stats.get(at)?.parent) if (at === pid) return true;
  return false;
}

function readStats(): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  if (process.platform !== "linux") return stats;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // proc_pid_stat(5): after the name in parentheses come state (3), parent (4) … utime, stime, cutime, cstime (14 to 17).
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const ticks = (field: number) => Number(fields[field - 3]) * TICK_MS;
      stats.set(Number(name), {
        parent: Number(fields[1]),
        cpuMs: ticks(14) + ticks(15),
        childrenCpuMs: ticks(16) + ticks(17),
      });
    } catch {
      // It ended while we looked.
    }
  }
  return stats;
}
