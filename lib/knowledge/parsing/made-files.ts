// Files for tests, made here byte by byte, so that the broken ones are broken in exactly one way.
import { crc32, deflateRawSync } from "node:zlib";

interface ZipEntry {
  name: string;
  content: Uint8Array | string;
  /** What the archive says the entry unpacks to, when that is a lie. */
  declaredBytes?: number;
}

/** A zip archive of deflated entries. */
export function makeZip(entries: ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredBytes } of entries) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw);
    const sizes = [crc32(raw), packed.length, declaredBytes ?? raw.length];
    const filename = Buffer.from(name);
    const common = [shorts(20, 0, 8, 0, 0), longs(...sizes), shorts(filename.length, 0)];
    const local = Buffer.concat([longs(0x04034b50), ...common, filename, packed]);
    directory.push(
      Buffer.concat([longs(0x02014b50), shorts(20), ...common, shorts(0, 0, 0), longs(0, offset), filename]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = [
    longs(0x06054b50),
    shorts(0, 0, entries.length, entries.length),
    longs(central.length, offset),
    shorts(0),
  ];
  return Buffer.concat([...parts, central, ...end]);
}

const shorts = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);

const CONTENT_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONSHIPS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
const STYLES =
  '<?xml version="1.0"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>';

/** A Word document: `# ` makes a heading, an array a table row. `more` are entries added to the archive. */
export function makeDocx(blocks: (string | string[][])[], more: ZipEntry[] = []): Uint8Array {
  const body = blocks.map((block) => (typeof block === "string" ? paragraph(block) : table(block))).join("");
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return makeZip([
    { name: "[Content_Types].xml", content: CONTENT_TYPES },
    { name: "_rels/.rels", content: RELATIONSHIPS },
    { name: "word/styles.xml", content: STYLES },
    { name: "word/document.xml", content: document },
    ...more,
  ]);
}

function paragraph(text: string): string {
  const style = text.startsWith("# ") ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : "";
  return `<w:p>${style}<w:r><w:t>${text.replace(/^# /, "")}</w:t></w:r></w:p>`;
}

const table = (rows: string[][]): string =>
  `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;

interface PdfLine {
  text: string;
  size?: number;
}

/** A PDF with these lines on each page, from the top; a page without lines is a picture of one. */
export function makePdf(pages: PdfLine[][], { encrypted = false } = {}): Uint8Array {
  const objects: string[] = [];
  const add = (object: string) => objects.push(object);
  const kids = pages.map((_, i) => `${4 + i * 2} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (const [i, lines] of pages.entries()) {
    let y = 760;
    const drawn = lines.map(({ text, size = 11 }) => {
      y -= size * 1.4;
      return `BT /F1 ${size} Tf 72 ${y} Td (${text.replaceAll(/[()\\]/g, "\\$&")}) Tj ET`;
    });
    const stream = drawn.join("\n");
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
    );
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  // Keys that fit no password: every reader must ask for one.
  const key = "<".padEnd(65, "ab").concat(">");
  const encrypt = encrypted
    ? ` /Encrypt ${objects.length + 1} 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]`
    : "";
  if (encrypted) add(`<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -44 >>`);
  let pdf = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) pdf += `${String(at).padStart(10, "0")} 00000 n \n`;
  pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>\nstartxref\n${xref}\n%%EOF\n`;
  return new TextEncoder().encode(pdf);
}
