import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processStart } from "./live-process.mjs";
import { takeLock } from "./lock-file.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flightdeck-lock-"));
  file = join(folder, "a.lock");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("one holder at a time; the others learn who it is", () => {
  const first = takeLock(file, { url: "http://localhost:1" });
  expect(takeLock(file)).toMatchObject({ lock: null, holder: { pid: process.pid, url: "http://localhost:1" } });
  first.lock?.describe({ stopping: true });
  expect(takeLock(file).holder).toMatchObject({ url: "http://localhost:1", stopping: true });
  first.lock?.release();
  expect(takeLock(file).lock).not.toBeNull();
});

test("the lock of a process that is gone is taken over, also when its pid belongs to another by now", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const holder = { pid: child.pid ?? 0, startedAt: processStart(child.pid ?? 0) };
  writeFileSync(file, JSON.stringify(holder));
  expect(takeLock(file).holder).toEqual(holder);
  writeFileSync(file, JSON.stringify({ ...holder, startedAt: "some time before" }));
  takeLock(file).lock?.release();
  writeFileSync(file, JSON.stringify(holder));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(takeLock(file).lock).not.toBeNull();
});

test("a lock file that was cut off is taken over, and nothing is left beside the lock", () => {
  writeFileSync(file, '{"pid":');
  const { lock } = takeLock(file);
  lock?.release();
  expect(existsSync(file)).toBe(false);
  expect(existsSync(`${file}.${process.pid}`)).toBe(false);
  expect(existsSync(`${file}.${process.pid}.stale`)).toBe(false);
});
