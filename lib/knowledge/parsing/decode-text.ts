import { Refusal } from "./refusal";

const SAMPLE_BYTES = 64 * 1024;

/**
 * Bytes to text: by byte order mark, else UTF-8 when it is valid, else UTF-16 when every other byte is nearly always zero, else
 * Windows-1252 when it looks like Western text. Throws `encoding_unknown` rather than storing mojibake.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes);
  if (marked) return decode(marked, bytes);
  const wide = unmarkedUtf16(bytes.subarray(0, SAMPLE_BYTES));
  if (wide) return decode(wide, bytes);
  const utf8 = tryUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  if (!looksWestern(bytes)) throw new Refusal("encoding_unknown");
  return decode("windows-1252", bytes);
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

function decode(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("encoding_unknown");
  }
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unmarkedUtf16(sample: Uint8Array): string | undefined {
  if (sample.length < 8) return undefined;
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const half = sample.length / 2;
  const [even = 0, odd = 0] = zeros.map((count) => count / half);
  if (odd > 0.4 && even < 0.1) return "utf-16le";
  return even > 0.4 && odd < 0.1 ? "utf-16be" : undefined;
}

// In Windows-1252 these bytes mean nothing.
const UNDEFINED_BYTES = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const HIGH_SHARE_MAX = 0.3;

function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  for (const byte of bytes) {
    if (UNDEFINED_BYTES.has(byte) || isBinary(byte)) return false;
    if (byte >= 0x80) high++;
  }
  return high / bytes.length < HIGH_SHARE_MAX;
}

/** Control bytes that no text file holds; tab, line feeds, form feed and escape aside. */
export const isBinary = (byte: number): boolean => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
