import { describe, expect, it, vi } from "vitest";
import {
  AppError,
  errorBody,
  errorStatus,
  forbidden,
  invalidRequest,
  notFound,
  payloadTooLarge,
  rateLimited,
  threadBusy,
  unauthenticated,
  unavailable,
} from "./app-error";

describe("errorBody", () => {
  it("never shows what an unknown error says", () => {
    const body = errorBody(new Error("connect ECONNREFUSED postgres://root:secret@db"), "trace-1");
    expect(body.error.code).toBe("internal");
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(errorStatus("thrown string")).toBe(500);
  });

  it("never shows the cause of a known error", () => {
    const error = unavailable(undefined, { cause: new Error("secret") });
    expect(JSON.stringify(errorBody(error, "t"))).not.toContain("secret");
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("leaves out what is not known", () => {
    expect(errorBody(notFound("No such thread."), "t")).toEqual({
      error: { code: "not_found", message: "No such thread.", traceId: "t" },
    });
  });

  it("carries the wait and the fields", () => {
    expect(errorBody(rateLimited(1500), "t").error.retryAfterMs).toBe(1500);
    expect(errorBody(invalidRequest("No.", { title: "is required" }), "t").error.fields).toEqual({
      title: "is required",
    });
  });
});

it.each<[AppError, string, number]>([
  [unauthenticated(), "unauthenticated", 401],
  [forbidden(), "forbidden", 403],
  [notFound(), "not_found", 404],
  [invalidRequest(), "invalid_request", 400],
  [invalidRequest("No.", { a: "b" }), "invalid_request", 422],
  [threadBusy(), "thread_busy", 409],
  [payloadTooLarge(), "payload_too_large", 413],
  [rateLimited(1), "rate_limited", 429],
  [unavailable(), "unavailable", 503],
])("%s has code %s and status %d", (error, code, status) => {
  expect([error.code, errorStatus(error)]).toEqual([code, status]);
});

it("knows an error of another copy of the module", async () => {
  vi.resetModules();
  const copy = await import("./app-error");
  expect(copy.AppError).not.toBe(AppError);
  const error = copy.notFound();
  expect(error).toBeInstanceOf(AppError);
  expect(errorStatus(error)).toBe(404);
  expect(errorBody(error, "t").error.code).toBe("not_found");
  expect(new Error("not_found")).not.toBeInstanceOf(AppError);
  expect({ code: "not_found", status: 404 }).not.toBeInstanceOf(AppError);
});
