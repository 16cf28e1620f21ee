// @ts-check
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When the process with this pid was started, as a token to compare with an earlier one: pids are reused, a pid together with
 * its start is not. Null when no such process runs; a zombie counts as gone.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function processStart(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === "linux") return linuxProcessStart(pid);
  if (process.platform === "win32") return signalsReach(pid) ? "running" : null;
  try {
    const [state = "", ...started] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
    })
      .trim()
      .split(/\s+/);
    return state.startsWith("Z") ? null : started.join(" ");
  } catch {
    // ps exits 1 when there is no such process.
    return null;
  }
}

/** @param {number} pid */
function linuxProcessStart(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc_pid_stat(5): the name in field 2 may hold spaces and parentheses; field 3 is the state, 22 the start in ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function signalsReach(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * The command line of a running process, or "" where it cannot be read.
 *
 * @param {number} pid
 */
export function processCommand(pid) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}
