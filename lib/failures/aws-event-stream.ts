/** Amazon's binary event stream after it was read as text: headers and JSON payloads between control characters. */
import { isObject, type JsonObject, parseJson } from "./answer";

/** The payloads as `{eventType: payload}`, which is how the SDK presents them. */
export function decodeAwsEventStream(text: string): JsonObject[] {
  const frames: JsonObject[] = [];
  const header = /:(?:event|exception)-type[^A-Za-z]*([A-Za-z]+)/g;
  const marks = [...text.matchAll(header)];
  marks.forEach((mark, position) => {
    const part = text.slice(mark.index, marks[position + 1]?.index);
    const payload = parseJson(part.slice(part.indexOf("{"), part.lastIndexOf("}") + 1));
    frames.push({ [mark[1] ?? ""]: isObject(payload) ? payload : {} });
  });
  return frames.map(unwrapAwsChunk);
}

/** InvokeModel wraps each of the model's own frames in base64; anything else is returned as it is. */
export function unwrapAwsChunk(frame: JsonObject): JsonObject {
  const chunk = isObject(frame.chunk) ? frame.chunk : frame;
  if (typeof chunk.bytes !== "string") return frame;
  const inner = parseJson(Buffer.from(chunk.bytes, "base64").toString("utf8"));
  return isObject(inner) ? inner : frame;
}
