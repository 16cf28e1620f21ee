import { describe, expect, it } from "vitest";
import { parseDuration, parseSeconds } from "./duration";
import { emptyReport } from "./error-report";
import { normaliseHeaders, readRetryHint, waitInText } from "./retry-hint";

const now = Date.parse("2026-11-20T10:00:00Z");
const hint = (headers: Record<string, string>, messages: string[] = [], waits: string[] = []) =>
  readRetryHint(normaliseHeaders(headers), { ...emptyReport(), messages, waits }, now, true);

describe("parseDuration", () => {
  it.each([
    ["6m0s", 360_000],
    ["1.5s", 1500],
    ["350ms", 350],
    ["2m30.25s", 150_250],
    ["1h2m3s", 3_723_000],
    ["20 minutes", 1_200_000],
    ["1 minute and 30 seconds", 90_000],
    ["8.2s", 8200],
    ["1.1s", 1100],
    ["34.074824224s", 34_075],
  ])("reads %s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "soon", "20", "-5s", "5 months", "s"])("refuses %j", (text) => expect(parseDuration(text)).toBeNull());

  it("takes bare seconds where the format says so", () => expect(parseSeconds("20")).toBe(20_000));
});

describe("waitInText", () => {
  it.each([
    ["Please try again in 1.5s.", 1500],
    ["Please try again in 2m30s. Visit …", 150_000],
    ["please try again in 6ms", 6],
    ["Please retry after 86400 seconds. Please go here", 86_400_000],
    ["Please wait 46553 seconds before retrying.", 46_553_000],
    ["Rate limit is exceeded. Try again in 27 seconds.", 27_000],
    ["Please retry in 45.578569677s.", 45_579],
    ["Try again later.", null],
    ["We tried 3 times in 5 regions", null],
  ])("%s", (text, ms) => expect(waitInText(text)).toBe(ms));
});

describe("readRetryHint", () => {
  it("prefers exact milliseconds to rounded seconds", () => {
    expect(hint({ "Retry-After-Ms": "1345", "Retry-After": "2" })).toBe(1345);
  });

  it("waits the longer of header and body", () => {
    expect(hint({ "retry-after": "2" }, [], ["34s"])).toBe(34_000);
  });

  it("lets text lengthen a structured hint, not sharpen it", () => {
    expect(hint({}, ["Please retry in 45.57s."], ["45s"])).toBe(45_000);
    expect(hint({ "retry-after": "1" }, ["try again in 20s"])).toBe(20_000);
  });

  it("measures a date against the response's own clock", () => {
    const date = "Fri, 20 Nov 2026 09:00:00 GMT";
    expect(hint({ date, "retry-after": "Fri, 20 Nov 2026 09:00:30 GMT" })).toBe(30_000);
    expect(hint({ "retry-after": "Fri, 20 Nov 2026 10:00:05 GMT" })).toBe(5000);
    expect(hint({ "retry-after": "Fri, 20 Nov 2026 09:00:00 GMT" })).toBe(0);
  });

  it("uses a limit's reset only when that limit is used up and nothing better is known", () => {
    const tokens = { "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s" };
    expect(hint(tokens)).toBe(360_000);
    expect(hint({ ...tokens, "retry-after": "2" })).toBe(2000);
    expect(hint({ "x-ratelimit-remaining-requests": "12", "x-ratelimit-reset-requests": "8s" })).toBeNull();
    expect(hint({ "anthropic-ratelimit-tokens-reset": "2026-11-20T10:00:38Z" })).toBe(38_000);
    expect(hint({ "x-ratelimit-reset": String(now + 42_000) })).toBe(42_000);
    expect(hint({ "x-ratelimit-reset": String(now / 1000 + 42) })).toBe(42_000);
  });

  it("ignores what is not a time", () => {
    expect(hint({ "retry-after": "soon", "retry-after-ms": "NaN" })).toBeNull();
    expect(hint({ "retry-after": "-5" })).toBeNull();
  });
});
