// Reads request bodies that anybody may have written: counted while they arrive, given up on when they stall, and refused when they
// hold what Postgres cannot store.
import { IncomingMessage } from "node:http";
import { AppError, invalidRequest, payloadTooLarge } from "@/lib/failures/app-error";

export interface BodyLimits {
  bytesMax: number;
  /** For the whole body, so that a client which trickles bytes does not hold the request open. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
const DEPTH_MAX = 64;

/** A request as the platform or as Node has it. */
export type BodySource = Request | IncomingMessage;

/** The body's bytes. Throws 413 as soon as the limit is passed (before reading, when the client says how much it sends), 408 on a stall. */
export async function readBytes(request: BodySource, limits: BodyLimits): Promise<Uint8Array<ArrayBuffer>> {
  if (announcedLength(request) > limits.bytesMax) throw payloadTooLarge();
  const read = readerOf(request);
  if (!read) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const late = timer(limits.timeoutMs ?? TIMEOUT_MS);
  try {
    for (;;) {
      const { done, value } = await Promise.race([read(), late.promise]);
      if (done || !value) break;
      length += value.byteLength;
      if (length > limits.bytesMax) throw payloadTooLarge();
      chunks.push(value);
    }
  } catch (error) {
    // Not cancelled: that would close the connection before the answer is on it.
    if (error instanceof AppError) throw error;
    throw invalidRequest("The request body ended early.");
  } finally {
    late.clear();
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function announcedLength({ headers }: BodySource): number {
  return Number((headers instanceof Headers ? headers.get("content-length") : headers["content-length"]) ?? 0);
}

/** What reads the next chunk of the body, if there is one. Leaving off in between leaves the connection as it is. */
function readerOf(request: BodySource): (() => Promise<{ done?: boolean; value?: Uint8Array }>) | undefined {
  if (request instanceof IncomingMessage) {
    const chunks = request.iterator({ destroyOnReturn: false });
    return () => chunks.next();
  }
  const reader = request.body?.getReader();
  return reader && (() => reader.read());
}

/** The body as JSON; an empty body is `undefined`. Throws 400 for what is not UTF-8, not JSON, too deep, or cannot be stored. */
export async function readJson(request: BodySource, limits: BodyLimits): Promise<unknown> {
  const bytes = await readBytes(request, limits);
  if (bytes.byteLength === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalidRequest("The request body is not valid JSON.");
  }
  requireStorable(value);
  return value;
}

/** The body as a multipart or urlencoded form. */
export async function readForm(request: Request, limits: BodyLimits): Promise<FormData> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(contentType)) {
    throw new AppError("unsupported_media_type", "Send this as multipart/form-data.", { status: 415 });
  }
  const bytes = await readBytes(request, limits);
  try {
    return await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw invalidRequest("The form could not be read.");
  }
}

/** True for text that Postgres can keep: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** Throws `invalid_request` when a string or key anywhere in the value cannot be stored, or the value is nested too deeply. */
export function requireStorable(value: unknown): void {
  // A stack of its own: a recursive walk would overflow on input nested on purpose.
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { value: item, depth } = entry;
    if (typeof item === "string" && !isStorable(item)) {
      throw invalidRequest("The request holds characters that cannot be stored.");
    }
    if (typeof item !== "object" || item === null || item instanceof Blob) continue;
    if (depth >= DEPTH_MAX) throw invalidRequest("The request is nested too deeply.");
    for (const [key, child] of Object.entries(item)) {
      if (!isStorable(key)) throw invalidRequest("The request holds characters that cannot be stored.");
      open.push({ value: child, depth: depth + 1 });
    }
  }
}

function timer(timeoutMs: number): { promise: Promise<never>; clear: () => void } {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const promise = new Promise<never>((_, reject) => {
    const late = () => reject(new AppError("request_timeout", "The request took too long to arrive.", { status: 408 }));
    handle = setTimeout(late, timeoutMs);
  });
  return { promise, clear: () => clearTimeout(handle) };
}
