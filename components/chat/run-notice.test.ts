import { describe, expect, it } from "vitest";
import { isNetworkFailure, isRefusal, noticeOf } from "./run-notice";

const http = (status: number, error: object) =>
  Object.assign(new Error(`HTTP ${status}`), { status, payload: { error } });

describe("noticeOf", () => {
  it("reads the code from an HTTP error's body", () => {
    expect(noticeOf(http(409, { code: "thread_busy", message: "busy" }))).toEqual({ kind: "busy" });
    expect(noticeOf(http(401, { code: "unauthenticated", message: "Sign in." }))).toEqual({ kind: "signed_out" });
    expect(noticeOf(http(429, { code: "rate_limited", message: "Too many.", retryAfterMs: 3_000 }), 1_000)).toEqual({
      kind: "failed",
      code: "rate_limited",
      message: "Too many.",
      retryAt: 4_000,
    });
  });

  it("reads it from a RUN_ERROR event", () => {
    expect(noticeOf({ type: "RUN_ERROR", code: "user_abort", message: "" })).toEqual({ kind: "stopped" });
    expect(noticeOf({ type: "RUN_ERROR", code: "interrupted", message: "" })).toEqual({ kind: "interrupted" });
    expect(noticeOf({ type: "RUN_ERROR", code: "provider_outage", message: "Down.", traceId: "t1" })).toEqual({
      kind: "failed",
      code: "provider_outage",
      message: "Down.",
      traceId: "t1",
    });
  });

  it("never shows the words of an error that is not ours", () => {
    const notice = noticeOf(new Error("connect ECONNREFUSED 10.0.0.7:5432"));
    expect(notice.kind).toBe("failed");
    expect(JSON.stringify(notice)).not.toContain("ECONNREFUSED");
  });
});

describe("isRefusal", () => {
  it("is true only for an answer that says no", () => {
    expect(isRefusal(http(409, { code: "thread_busy" }))).toBe(true);
    expect(isRefusal(http(500, { code: "internal" }))).toBe(false);
    expect(isRefusal(new TypeError("network error"))).toBe(false);
  });
});

describe("isNetworkFailure", () => {
  it("tells a broken connection from a refusal", () => {
    expect(isNetworkFailure(new TypeError("network error"))).toBe(true);
    expect(isNetworkFailure(http(500, { code: "internal" }))).toBe(false);
    expect(isNetworkFailure("gone")).toBe(false);
  });
});
