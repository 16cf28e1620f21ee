import { describe, expect, it } from "vitest";
import { makePdf } from "./made-files";
import { readInWorker } from "./read-in-worker";

const file = (text: string) => ({
  type: "markdown" as const,
  filename: "long-name_of-it.md",
  title: undefined,
  bytes: new TextEncoder().encode(text),
});

describe("readInWorker", () => {
  it("reads, titles and cuts a file", async () => {
    const document = await readInWorker(file("# Pump\n\nCheck it daily.\n\n## Oil\n\nUse two litres."));
    expect(document.title).toBe("Pump");
    expect(document.chunks.map(({ heading }) => heading)).toEqual(["", "Oil"]);
    expect(await readInWorker(file("Just text."))).toMatchObject({ title: "long name of it" });
  });

  it("answers several at once, each with its own", async () => {
    const documents = await Promise.all(
      Array.from({ length: 12 }, (_, i) => readInWorker(file(`# Title ${i}\n\nText ${i}`))),
    );
    expect(documents.map(({ title }) => title)).toEqual(Array.from({ length: 12 }, (_, i) => `Title ${i}`));
  });

  it("carries a refusal over as an error with its status", async () => {
    await expect(readInWorker(file("  "))).rejects.toMatchObject({ code: "document_empty", status: 422 });
    const bytes = makePdf([[]]);
    await expect(readInWorker({ ...file(""), type: "pdf", bytes })).rejects.toMatchObject({ code: "document_scanned" });
  });

  it("ends a thread that takes too long, and serves the next file with another", async () => {
    const slow = file("- a\n".repeat(3_000_000));
    await expect(readInWorker(slow, 100)).rejects.toMatchObject({ code: "document_too_complex", status: 422 });
    expect(await readInWorker(file("# Next"))).toMatchObject({ title: "Next" });
  });
});
