import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNPACKED_BYTES_MAX } from "../limits";
import { makeDocx, makePdf, makeZip } from "./made-files";
import { readFile } from "./read-file";
import { Refusal, type RefusalCode } from "./refusal";
import { type DocumentType, sniffType } from "./sniff-type";

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = async (type: DocumentType, bytes: Uint8Array | string) =>
  (await readFile(type, typeof bytes === "string" ? utf8(bytes) : bytes)).text;
const refusalOf = async (work: () => unknown): Promise<RefusalCode | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe("HTML", () => {
  it("keeps headings, lists, tables and code, and leaves out what nobody reads", async () => {
    const html = `<!doctype html><html><head><title>Guide &amp; more</title><style>p{}</style></head><body>
      <nav><a href="/">Home</a></nav><h1>Guide</h1><p>First <b>bold</b>\n line.<br>Second line.</p>
      <ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul><ol><li>Step</li></ol>
      <table><tr><th>Part</th><th>Price</th></tr><tr><td>Pump | big</td><td>9 EUR</td></tr></table>
      <pre>a = 1\n  b</pre><dl><dt>Term</dt><dd>Meaning</dd></dl><p hidden>Hidden</p><script>alert(1)</script></body></html>`;
    const { text, title } = await readFile("html", utf8(html));
    expect(title).toBe("Guide & more");
    expect(text).toBe(
      [
        "# Guide",
        "First bold line.\nSecond line.",
        "- One\n  - Inner\n- Two",
        "1. Step",
        "| Part | Price |\n| --- | --- |\n| Pump \\| big | 9 EUR |",
        "```\na = 1\n  b\n```",
        "- Term: Meaning",
      ].join("\n\n"),
    );
  });

  it("refuses nesting that no person wrote, instead of overflowing", async () => {
    const code = await refusalOf(() => readFile("html", utf8("<div>".repeat(100_000))));
    expect(["document_too_complex", "document_empty"]).toContain(code);
  });
});

describe("CSV", () => {
  it("says of each record what its values mean", async () => {
    const text = await textOf("csv", '\ufeffsku;name;price\nA-1;"Pump; big";9,50\nB-2;Belt;\n');
    expect(text).toBe(
      "Columns: sku, name, price\n\n- sku: A-1 | name: Pump; big | price: 9,50\n- sku: B-2 | name: Belt",
    );
  });

  it("finds the delimiter and does without a header", async () => {
    expect(await textOf("csv", "1\t2\n3\t4")).toBe("- 1 | 2\n- 3 | 4");
  });

  it("keeps a formula as the text that it is", async () => {
    expect(await textOf("csv", "name,link\nx,=cmd|' /C calc'!A0")).toContain("link: =cmd|' /C calc'!A0");
  });

  it.each([
    ["an unclosed quote", 'a,b\n1,"open', "document_broken"],
    ["a million columns", "a,".repeat(1_000_000), "document_too_complex"],
    ["only separators", ",,,\n,,,", "document_empty"],
  ])("refuses %s", async (_, csv, code) => expect(await refusalOf(() => readFile("csv", utf8(csv)))).toBe(code));
});

describe("Word", () => {
  it("reads headings, paragraphs and tables", async () => {
    const docx = makeDocx([
      "# Leave",
      "Everyone gets 25 days.",
      [
        ["Grade", "Days"],
        ["A", "25"],
      ],
    ]);
    expect(await textOf("docx", docx)).toBe(
      "# Leave\n\nEveryone gets 25 days.\n\n| Grade | Days |\n| --- | --- |\n| A | 25 |",
    );
  });

  const filler = { name: "word/media/filler.bin", content: new Uint8Array(UNPACKED_BYTES_MAX + 1) };
  it.each([
    ["a bomb that says so", makeDocx(["Hi"], [filler]), "archive_too_large"],
    ["a bomb that lies about its size", makeDocx(["Hi"], [{ ...filler, declaredBytes: 100 }]), "archive_too_large"],
    ["a cut archive", makeDocx(["Hello there"]).slice(0, 400), "document_broken"],
    ["another zip", makeZip([{ name: "xl/workbook.xml", content: "<x/>" }]), "type_mismatch"],
    ["broken XML inside", makeZip([{ name: "word/document.xml", content: "<w:document>" }]), "document_broken"],
    ["an empty document", makeDocx([""]), "document_empty"],
    [
      "a protected document",
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        Buffer.from("EncryptedPackage", "utf16le"),
      ]),
      "document_encrypted",
    ],
  ])("refuses %s", async (_, bytes, code) => expect(await refusalOf(() => readFile("docx", bytes))).toBe(code));
});

describe("PDF", () => {
  it("tells headings by their size, joins lines to paragraphs, and drops what repeats at the edges", async () => {
    const page = (n: number, ...lines: string[]) => [
      { text: "Acme internal" },
      { text: `Chapter ${"ABC"[n]}`, size: 18 },
      ...lines.map((text) => ({ text })),
      { text: `Page ${n + 1}` },
    ];
    const pdf = makePdf([
      page(0, "The pump runs for thirty sec-", "onds and then stops."),
      page(1, "Second page."),
      page(2, "Third page."),
    ]);
    const text = await textOf("pdf", pdf);
    expect(text).toBe(
      "# Chapter A\n\nThe pump runs for thirty seconds and then stops.\n\n# Chapter B\n\nSecond page.\n\n# Chapter C\n\nThird page.",
    );
  });

  it.each([
    ["a scanned one", makePdf([[], []]), "document_scanned"],
    ["a protected one", makePdf([[{ text: "Secret" }]], { encrypted: true }), "document_encrypted"],
    ["a header with nothing behind it", utf8("%PDF-1.7\ngarbage"), "document_broken"],
  ])("refuses %s", async (_, bytes, code) => expect(await refusalOf(() => readFile("pdf", bytes))).toBe(code));
});

describe("text", () => {
  it.each([
    ["UTF-8", utf8("Grüße, naïve")],
    ["UTF-8 with a mark", utf8("\ufeffGrüße, naïve")],
    ["UTF-16 little endian", Buffer.from("\ufeffGrüße, naïve", "utf16le")],
    ["UTF-16 big endian", Buffer.from("\ufeffGrüße, naïve", "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from("Grüße, naïve", "utf16le")],
    ["Windows-1252", Buffer.from("Grüße, naïve", "latin1")],
  ])("is decoded from %s", async (_, bytes) => expect(await textOf("text", bytes)).toBe("Grüße, naïve"));

  it("is refused in an encoding that cannot be told", async () => {
    const bytes = Buffer.from(Array.from({ length: 400 }, (_, i) => 0x80 + (i % 0x7f)));
    expect(await refusalOf(() => readFile("text", bytes))).toBe("encoding_unknown");
  });

  it.each(["", "   \n\t", "\0\0\0", "--- *** ---"])("without a letter is refused: %j", async (text) => {
    expect(await refusalOf(() => readFile("markdown", utf8(text)))).toBe("document_empty");
  });

  it("loses what no reader sees and Postgres cannot keep", async () => {
    const text = await textOf("text", "a\0b\u200bc\u202ed\r\ne\u2028f\tg\u00adh \n\n\n\n\n\ni");
    expect(text).toBe("abcd\ne\nf\tgh\n\n\ni");
  });

  it("keeps the settings on top of a Markdown file out of the text", async () => {
    expect(await readFile("markdown", utf8("---\nlayout: x\n---\n# Title\n\nText"))).toEqual({
      text: "# Title\n\nText",
      title: "Title",
    });
  });
});

describe("sniffType", () => {
  const pdf = makePdf([[{ text: "x" }]]);
  it.each<[string, string | undefined, Uint8Array, DocumentType]>([
    ["a.md", "text/plain", utf8("# Hi"), "markdown"],
    ["a.txt", undefined, utf8("Hi"), "text"],
    ["a.HTM", "text/html", utf8("<p>Hi</p>"), "html"],
    ["a.csv", "application/vnd.ms-excel", utf8("a,b"), "csv"],
    ["a.pdf", "application/octet-stream", pdf, "pdf"],
    ["notes", "text/markdown", utf8("Hi"), "markdown"],
    ["a.txt", undefined, Buffer.from("\ufeffHi there", "utf16le"), "text"],
  ])("%s declared as %s is taken", (name, mime, bytes, type) => expect(sniffType(name, mime, bytes)).toBe(type));

  it.each<[string, string | undefined, Uint8Array, RefusalCode]>([
    ["a.exe", undefined, utf8("MZ"), "unsupported_type"],
    ["notes", undefined, utf8("Hi"), "unsupported_type"],
    ["a.xlsx", undefined, makeZip([{ name: "x", content: "x" }]), "unsupported_type"],
    ["a.pdf", "application/pdf", utf8("Hello"), "type_mismatch"],
    ["a.docx", undefined, pdf, "type_mismatch"],
    ["a.txt", "text/plain", pdf, "type_mismatch"],
    ["a.md", undefined, makeZip([{ name: "x", content: "x" }]), "type_mismatch"],
    ["a.csv", "text/csv", utf8("<!DOCTYPE html><html>error page</html>"), "type_mismatch"],
    ["a.txt", "application/pdf", utf8("Hello"), "type_mismatch"],
    ["a.txt", "image/png", utf8("Hello"), "type_mismatch"],
    ["a.html", undefined, utf8("no markup here"), "type_mismatch"],
    ["a.txt", undefined, Uint8Array.from({ length: 500 }, (_, i) => i % 256), "type_mismatch"],
  ])("%s declared as %s is refused", async (name, mime, bytes, code) => {
    expect(await refusalOf(() => sniffType(name, mime, bytes))).toBe(code);
  });
});

describe("whatever the bytes are", () => {
  const types: DocumentType[] = ["markdown", "text", "html", "csv", "pdf", "docx"];
  const samples = [
    makePdf([[{ text: "Hello world" }]]),
    makeDocx(["# Hello", "World"]),
    utf8("<p>Hello</p>"),
    utf8("a,b\n1,2"),
  ];
  const damaged = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(3_000), fc.nat(255)), { maxLength: 20 }),
      fc.nat(3_000),
    )
    .map(([sample, changes, cut]) => {
      const bytes = Uint8Array.from(sample.subarray(0, Math.max(sample.length - cut, 1)));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });

  it("reading ends in storable text or in a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.oneof(damaged, fc.uint8Array({ maxLength: 400 })),
        async (type, bytes) => {
          try {
            const { text, title } = await readFile(type, bytes);
            for (const stored of [text, title]) {
              expect(stored.isWellFormed()).toBe(true);
              expect(stored).not.toContain("\0");
            }
            expect(text).toMatch(/[\p{L}\p{N}]/u);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
