import { describe, expect, it } from "vitest";
import { readOutcome } from "./upload-file";

describe("readOutcome", () => {
  const body = JSON.stringify({ id: "doc_1", title: "Returns policy", chunks: 12 });

  it("tells a new document from one that was here already", () => {
    expect(readOutcome({ status: 201, body })).toEqual({
      ok: true,
      id: "doc_1",
      title: "Returns policy",
      chunks: 12,
      duplicate: false,
    });
    expect(readOutcome({ status: 200, body })).toMatchObject({ ok: true, duplicate: true });
  });

  it("passes on why a file was refused", () => {
    const refusal = JSON.stringify({ error: { code: "payload_too_large", message: "Over 20 MB.", traceId: "t" } });
    expect(readOutcome({ status: 413, body: refusal })).toEqual({ ok: false, message: "Over 20 MB." });
  });

  it("does not take a proxy's page for an answer", () => {
    expect(readOutcome({ status: 502, body: "<html>Bad gateway</html>" })).toEqual({
      ok: false,
      message: "The file could not be stored. Try again.",
    });
    expect(readOutcome({ status: 200, body: "<html></html>" }).ok).toBe(false);
  });
});
