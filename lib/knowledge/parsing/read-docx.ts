import mammoth from "mammoth";
import { checkWordArchive } from "./check-archive";
import type { ReadText } from "./read-file";
import { readHtml } from "./read-html";
import { Refusal } from "./refusal";

const OLE_SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0];
const ENCRYPTED_PACKAGE = Buffer.from("EncryptedPackage", "utf16le");

/** A Word document's text. A protected .docx is an old-style container around an encrypted package. */
export async function readDocx(bytes: Uint8Array): Promise<ReadText> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (OLE_SIGNATURE.every((byte, i) => bytes[i] === byte)) {
    if (buffer.includes(ENCRYPTED_PACKAGE)) throw new Refusal("document_encrypted");
    throw new Refusal("type_mismatch", "This is an old Word file (.doc). Save it as .docx and upload it again.");
  }
  await checkWordArchive(bytes);
  return readHtml(await toHtml(buffer));
}

async function toHtml(buffer: Buffer): Promise<string> {
  try {
    // Pictures would become megabytes of base64 that nobody reads; their alternative texts stay.
    const convertImage = mammoth.images.imgElement(async () => ({ src: "" }));
    const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
    const { value } = await mammoth.convertToHtml({ buffer }, { convertImage, styleMap });
    return value;
  } catch (error) {
    throw new Refusal(error instanceof RangeError ? "document_too_complex" : "document_broken");
  }
}
