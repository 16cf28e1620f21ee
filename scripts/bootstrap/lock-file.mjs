// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processStart } from "./live-process.mjs";

/**
 * Who holds a lock file. `pid` and `startedAt` name one process for certain; the rest is for the person who reads about it.
 *
 * @typedef {{ pid: number, startedAt: string | null, [about: string]: unknown }} Holder
 */

/**
 * Takes a lock file for this process, taking over one whose holder is gone. A process that dies in any way releases it, since
 * only a live process with the recorded start time counts.
 *
 * @param {string} file
 * @param {Record<string, unknown>} [about]
 * @returns {{ holder: Holder, lock: null } | { holder: null, lock: Lock }}
 */
export function takeLock(file, about = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const own = { pid: process.pid, startedAt: processStart(process.pid), ...about };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A hard link fails when the name exists, and the file is complete the moment it appears.
        linkSync(draft, file);
        return { holder: null, lock: new Lock(file, own) };
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { holder, lock: null };
      setAside(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock whose holder died. Another process may have done so and taken it since: its lock is put back. @param {string} file */
function setAside(file) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder && isAlive(holder)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

export class Lock {
  /**
   * @param {string} file
   * @param {Holder} own
   */
  constructor(file, own) {
    this.file = file;
    this.own = own;
  }

  /** Replaces what others read about the holder. @param {Record<string, unknown>} about */
  describe(about) {
    this.own = { ...this.own, ...about };
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.own), { mode: 0o600 });
    renameSync(draft, this.file);
  }

  release() {
    if (readHolder(this.file)?.pid === this.own.pid) rmSync(this.file, { force: true });
  }
}

/** @param {string} file @returns {Holder | null} */
export function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** @param {{ pid: number, startedAt?: unknown }} holder */
export function isAlive(holder) {
  const startedAt = processStart(holder.pid);
  return startedAt !== null && startedAt === holder.startedAt;
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
