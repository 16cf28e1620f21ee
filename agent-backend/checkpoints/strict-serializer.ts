// LangGraph's own serializer changes some values without a word: a BigInt becomes a placeholder string, a Date a string, NaN null. Its
// reader also turns plain JSON with an `lc` key into live objects. This one stores JSON and refuses the rest, so what a node stored is
// what a node reads.
import type { SerializerProtocol } from "@langchain/langgraph-checkpoint";

/** A value that a checkpoint would not give back as it was; `path` says where in the state it stands. */
export class UnserializableStateError extends Error {
  override readonly name = "UnserializableStateError";
  readonly code = "state_not_serializable";

  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}

const DEPTH_MAX = 200;

// JSON has no word for these two; LangGraph keeps both among a task's writes.
const MARK = "$flightdeck";

/** Stores JSON values only, each checked before it is written. Nothing that is read comes to life. */
export class StrictSerializer implements SerializerProtocol {
  /** Throws UnserializableStateError for anything that would come back different. */
  async dumpsTyped(value: unknown): Promise<[string, Uint8Array]> {
    if (value instanceof Uint8Array) return ["bytes", value];
    requireLossless(value, "state");
    return [
      "json",
      new TextEncoder().encode(JSON.stringify(value === undefined ? { [MARK]: "undefined" } : value, encode)),
    ];
  }

  async loadsTyped(type: string, data: Uint8Array | string): Promise<unknown> {
    if (type === "bytes") return typeof data === "string" ? new TextEncoder().encode(data) : data;
    if (type !== "json") throw new UnserializableStateError("stored state", `the unknown type ${type}`);
    return decode(JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data)));
  }
}

function encode(_key: string, value: unknown): unknown {
  if (value === undefined) return { [MARK]: "undefined" };
  if (value instanceof Error) return { [MARK]: "error", name: value.name, message: value.message };
  if (isSend(value)) return { node: value.node, args: value.args };
  return value;
}

function decode(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  const record = value as Record<string, unknown>;
  if (record[MARK] === "undefined") return undefined;
  if (record[MARK] === "error") return Object.assign(new Error(String(record.message)), { name: String(record.name) });
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, decode(item)]));
}

/** The graph's own order to run a node with arguments; the loader takes it back as a plain object. */
function isSend(value: unknown): value is { node: string; args: unknown } {
  return value !== null && typeof value === "object" && (value as { lg_name?: unknown }).lg_name === "Send";
}

/** Throws when `value` is not made of JSON values, or holds an `lc` key. Also the check for everything that comes from outside. */
export function requireLossless(value: unknown, path = "value", ancestors: object[] = []): void {
  switch (typeof value) {
    case "undefined":
    case "boolean":
      return;
    case "string":
      // Postgres text and jsonb take neither NUL nor half a surrogate pair.
      if (value.includes("\0")) throw new UnserializableStateError(path, "a string holds a NUL character");
      if (!value.isWellFormed()) throw new UnserializableStateError(path, "a string holds half a surrogate pair");
      return;
    case "number":
      if (!Number.isFinite(value) || Object.is(value, -0))
        throw new UnserializableStateError(path, `the number ${Object.is(value, -0) ? "-0" : value}`);
      return;
    case "object":
      if (value !== null) requireLosslessObject(value, path, ancestors);
      return;
    default:
      throw new UnserializableStateError(path, `a ${typeof value}`);
  }
}

function requireLosslessObject(value: object, path: string, ancestors: object[]): void {
  if (ancestors.includes(value)) throw new UnserializableStateError(path, "the value contains itself");
  if (ancestors.length > DEPTH_MAX) throw new UnserializableStateError(path, `nested deeper than ${DEPTH_MAX}`);
  const inside = [...ancestors, value];
  if (Array.isArray(value)) {
    if (Object.keys(value).length !== value.length)
      throw new UnserializableStateError(path, "an array with holes or extra keys");
    value.forEach((item, i) => {
      requireLossless(item, `${path}[${i}]`, inside);
    });
    return;
  }
  if (isSend(value)) {
    requireLossless(value.args, `${path}.args`, inside);
    return;
  }
  if (value instanceof Error) return;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) {
    throw new UnserializableStateError(
      path,
      `a ${prototype?.constructor?.name ?? "object without a prototype"}; store a plain value instead`,
    );
  }
  if (Object.getOwnPropertySymbols(value).length > 0) throw new UnserializableStateError(path, "a symbol key");
  for (const [key, item] of Object.entries(value)) {
    if (key === "lc")
      throw new UnserializableStateError(path, "the key `lc` is LangChain's mark for live objects and is refused");
    // A key with a NUL, too: keys are text like any other.
    requireLossless(key, `a key of ${path}`);
    if (key === "__proto__" || key === "toJSON" || key === MARK)
      throw new UnserializableStateError(path, `the key ${key}`);
    requireLossless(item, `${path}.${key}`, inside);
  }
}
