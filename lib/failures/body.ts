/** A raw response body, told apart by what it is and not by what its content-type claims. */
import { type Answer, emptyAnswer, isObject, type JsonObject, parseJson } from "./answer";
import { decodeAwsEventStream, unwrapAwsChunk } from "./aws-event-stream";
import { isErrorObject } from "./error-report";
import { allProviders } from "./providers";

export interface Body {
  kind: "empty" | "html" | "json" | "frames" | "text";
  answer: Answer;
  /** The text when it is neither markup nor JSON: some servers write their error plainly. */
  plainText: string;
}

const html = /^\s*(<!doctype html|<html|<head|<\?xml|<center|<h1|<body|<!--)/i;
const sseField = /^(data|event|id|retry):/m;

/** Reads a body as an answer, an error, or neither. `null` and white space are "empty". */
export function readBody(raw: string | null | undefined): Body {
  const text = (raw ?? "").replace(/^\uFEFF/, "");
  const answer = emptyAnswer();
  if (text.trim() === "") return { kind: "empty", answer, plainText: "" };
  if (html.test(text)) return { kind: "html", answer, plainText: "" };

  const whole = parseJson(text);
  if (isObject(whole) || Array.isArray(whole)) {
    for (const frame of Array.isArray(whole) ? whole : [whole]) readFrame(frame, "", answer);
    return { kind: "json", answer, plainText: "" };
  }
  const frames = text.includes(":event-type") || text.includes(":exception-type") ? decodeAwsEventStream(text) : [];
  for (const frame of frames) readFrame(frame, "", answer);
  const isStream = frames.length > 0 || sseField.test(text) || /^\s*\{/.test(text);
  if (!isStream) return { kind: "text", answer, plainText: text };
  if (frames.length === 0) readEvents(text, answer);
  return { kind: "frames", answer, plainText: "" };
}

/** Server-sent events and JSON lines alike: a bare JSON line between events is how some proxies report an error. */
function readEvents(text: string, answer: Answer): void {
  let event = "";
  let data: string[] = [];
  const flush = () => {
    const joined = data.join("\n");
    const frame = parseJson(joined);
    // Frames that follow each other without a blank line are still frames of their own.
    if (frame === undefined && data.length > 1) for (const line of data) readText(line, event, answer);
    else if (data.length > 0) readText(joined, event, answer);
    event = "";
    data = [];
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === "") flush();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
    else if (line.startsWith("event:")) {
      if (data.length > 0) flush();
      event = line.slice(6).trim();
    } else if (/^\s*\{/.test(line)) readText(line, "", answer);
  }
  flush();
}

function readText(text: string, event: string, answer: Answer): void {
  if (text === "" || text.trim() === "[DONE]") return;
  const frame = parseJson(text);
  if (isObject(frame)) readFrame(frame, event, answer);
  else if (event === "error") answer.errors.push({ message: text });
  else answer.malformed = true;
}

function readFrame(value: unknown, event: string, answer: Answer): void {
  if (!isObject(value)) return;
  const frame: JsonObject = unwrapAwsChunk(value);
  for (const rules of allProviders) {
    if (rules.readFrame?.(frame, answer)) answer.recognised = true;
  }
  if (event === "error" || isErrorObject(frame)) answer.errors.push(frame);
}
