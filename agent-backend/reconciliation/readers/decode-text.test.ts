import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text";

const TEXT = "supplier;total\nMüller;1\n";

describe("decodeText", () => {
  it.each([
    ["UTF-8", Buffer.from(TEXT)],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${TEXT}`)],
    ["UTF-16 little endian with its mark", Buffer.from(`\uFEFF${TEXT}`, "utf16le")],
    ["UTF-16 little endian without a mark", Buffer.from(TEXT, "utf16le")],
    ["UTF-16 big endian with its mark", Buffer.from(`\uFEFF${TEXT}`, "utf16le").swap16()],
    ["UTF-16 big endian without a mark", Buffer.from(TEXT, "utf16le").swap16()],
    ["Windows-1252", Buffer.from(TEXT, "latin1")],
  ])("reads %s", (_, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });
});
