import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { ARCHIVE_ENTRIES_MAX, UNPACKED_BYTES_MAX } from "../limits";
import { Refusal } from "./refusal";

/**
 * Looks through a .docx before anything unpacks it: first at the sizes it declares, then at what really comes out, so that neither a
 * bomb nor a lie about one reaches the parser. Throws `archive_too_large`, `document_encrypted`, `document_broken` or `type_mismatch`.
 */
export async function checkWordArchive(bytes: Uint8Array): Promise<void> {
  const entries: Entry[] = [];
  const archive = await openArchive(bytes);
  try {
    let declared = 0;
    for await (const entry of eachEntry(archive)) {
      entries.push(entry);
      declared += entry.uncompressedSize;
      if (declared > UNPACKED_BYTES_MAX || entries.length > ARCHIVE_ENTRIES_MAX) throw new Refusal("archive_too_large");
    }
    if (entries.some((entry) => entry.isEncrypted())) throw new Refusal("document_encrypted");
    if (!entries.some(({ fileName }) => fileName === "word/document.xml"))
      throw new Refusal("type_mismatch", "The file is named .docx, but holds no Word document.");
    let unpacked = 0;
    for (const entry of entries) unpacked += await measure(archive, entry, UNPACKED_BYTES_MAX - unpacked);
  } finally {
    archive.close();
  }
}

async function openArchive(bytes: Uint8Array): Promise<ZipFile> {
  try {
    // Without lazy entries a listener must be there before the first one; with them each is asked for.
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
      autoClose: false,
    });
  } catch {
    throw new Refusal("document_broken");
  }
}

async function* eachEntry(archive: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* archive.eachEntry();
  } catch {
    throw new Refusal("document_broken");
  }
}

/** How many bytes an entry unpacks to; stops as soon as they are more than `bytesMax`. */
async function measure(archive: ZipFile, entry: Entry, bytesMax: number): Promise<number> {
  if (entry.fileName.endsWith("/")) return 0;
  let bytes = 0;
  try {
    for await (const part of await archive.openReadStreamPromise(entry)) {
      bytes += (part as Buffer).length;
      if (bytes > bytesMax) throw new Refusal("archive_too_large");
    }
  } catch (error) {
    // yauzl also ends a stream that grows beyond its declared size.
    if (error instanceof Refusal) throw error;
    const grew = error instanceof Error && /too many bytes|more bytes|uncompressed size/i.test(error.message);
    throw new Refusal(grew ? "archive_too_large" : "document_broken");
  }
  return bytes;
}
