import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

function runClassify(input: string, args = ["-"]) {
  const run = spawnSync("node_modules/.bin/tsx", ["scripts/classify.ts", ...args], { input, encoding: "utf8" });
  return { code: run.status, lines: run.stdout.split("\n").filter(Boolean), errors: run.stderr };
}

const rateLimit = JSON.stringify({
  id: "a",
  provider: "openai",
  phase: "pre_response",
  ignored: true,
  input: { status: 429, headers: { "Retry-After": "2" }, body: '{"error":{"code":"rate_limit_exceeded"}}', ignored: 1 },
});

describe("npm run classify", () => {
  it("prints one line a sample and skips empty lines", () => {
    const { code, lines } = runClassify(`${rateLimit}\r\n\n`);
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { id: "a", class: "rate_limit", retryable: "yes", retryAfterMs: 2000, recovery: "wait_and_retry" },
    ]);
  });

  it("reports a bad line by its number and goes on", () => {
    const { code, lines, errors } = runClassify(
      `not json\n${rateLimit}\n{"id":"b","provider":"x","phase":"late","input":{}}\n`,
    );
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(errors).toMatch(/^line 1: .*\nline 3: phase: /);
  });

  it("ignores what it does not know, also under a name that it uses itself", () => {
    const odd = {
      ...JSON.parse(rateLimit),
      extra: [],
      input: { ...JSON.parse(rateLimit).input, abortedBy: 7, finishReason: {} },
    };
    const { code, lines } = runClassify(JSON.stringify(odd));
    expect([code, JSON.parse(lines[0] ?? "").class]).toEqual([0, "rate_limit"]);
  });

  it("says how it is called, and when a file is missing", () => {
    expect(runClassify("", [])).toMatchObject({ code: 2, lines: [] });
    expect(runClassify("", ["no-such-file.jsonl"])).toMatchObject({ code: 1, lines: [] });
  });
});
