import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

const port = await vi.hoisted(async () => {
  const free = await (await import("@/test/free-port")).freePort();
  process.env.PORT = String(free);
  return free;
});

import { makePdf } from "@/lib/knowledge/parsing/made-files";
import { startWebNode, type WebNode } from "@/test/web-node";
import * as search from "../search/route";
import * as restore from "./[id]/restore/route";
import * as one from "./[id]/route";
import * as documents from "./route";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let node: WebNode;
let bearers: Record<string, string>;

beforeAll(async () => {
  node = await startWebNode(port, route);
  const names = ["ada", "ben", "gus"];
  bearers = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await node.bearerOf(name)])));
});
afterAll(() => node.stop());

function route(request: Request): Promise<Response> {
  const [, , , tenant = "", kind, id = "", action] = new URL(request.url).pathname.split("/");
  const module = kind === "search" ? search : action ? restore : id ? one : documents;
  const handler = (module as Record<string, unknown>)[request.method] as Handler;
  return handler(request, { params: Promise.resolve({ tenant, ...(id && { id }) }) });
}

const call = (who: string, path: string, init: RequestInit = {}) =>
  fetch(`${node.url}/api/t/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${bearers[who]}`, ...(init.headers as Record<string, string>) },
  });

function form(content: string | Uint8Array<ArrayBuffer>, name: string, type = ""): RequestInit {
  const body = new FormData();
  body.append("file", new File([content], name, { type }));
  return { method: "POST", body };
}

const json = (value: unknown, method = "POST"): RequestInit => ({
  method,
  body: JSON.stringify(value),
  headers: { "content-type": "application/json" },
});

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;

it("takes a file, knows it again, finds, replaces, deletes and restores it", async () => {
  const stored = await call("ben", "acme/documents", form("# Pump\n\nGrease it weekly.", "pump.md", "text/markdown"));
  expect(stored.status).toBe(201);
  const { id, ...rest } = (await stored.json()) as { id: string };
  expect(rest).toEqual({ title: "Pump", chunks: 1 });
  const again = await call("ada", "acme/documents", form("# Pump\n\nGrease it weekly.", "other.md"));
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ id });
  const { results } = (await (await call("ada", "acme/search?q=how+often+to+grease&limit=3")).json()) as {
    results: object[];
  };
  expect(results[0]).toMatchObject({ documentId: id, title: "Pump", text: "# Pump\n\nGrease it weekly.", position: 0 });
  expect(await (await call("ada", "acme/documents?q=pump")).json()).toMatchObject({
    documents: [{ id, title: "Pump" }],
    nextCursor: null,
  });
  const replaced = await call("ben", `acme/documents/${id}`, {
    ...form("# Pump\n\nGrease it daily.", "pump.md"),
    method: "PUT",
  });
  expect(replaced.status).toBe(200);
  expect(await (await call("ada", `acme/documents/${id}`)).json()).toMatchObject({
    version: 2,
    text: "# Pump\n\nGrease it daily.",
    chunks: [{ position: 0 }],
  });
  expect((await call("ben", `acme/documents/${id}`, { method: "DELETE" })).status).toBe(204);
  expect((await call("ben", `acme/documents/${id}`)).status).toBe(404);
  expect((await call("ben", `acme/documents/${id}/restore`, { method: "POST" })).status).toBe(200);
  expect((await call("ben", `acme/documents/${id}`)).status).toBe(200);
});

it("takes a text as JSON", async () => {
  const stored = await call("ada", "acme/documents", json({ title: "Note", text: "The gate opens at seven." }));
  expect(stored.status).toBe(201);
  expect((await call("ada", "acme/documents", json({ title: "Note", text: "The gate opens at seven." }))).status).toBe(
    200,
  );
  expect((await call("ada", "acme/documents", json({ title: "", text: "x" }))).status).toBe(422);
  expect((await call("ada", "acme/documents", json({ text: 5 }))).status).toBe(422);
});

describe("refuses with a code and stores nothing", () => {
  it.each([
    ["a lying type", form("just text", "a.pdf", "application/pdf"), 415, "type_mismatch"],
    ["an unknown type", form("x", "a.exe"), 415, "unsupported_type"],
    [
      "a protected PDF",
      form(makePdf([[{ text: "x" }]], { encrypted: true }).slice(), "a.pdf"),
      422,
      "document_encrypted",
    ],
    ["a scanned PDF", form(makePdf([[]]).slice(), "a.pdf"), 422, "document_scanned"],
    ["an empty file", form("", "a.txt"), 422, "document_empty"],
    ["more than 20 MB", form("a".repeat(20 * 1024 * 1024 + 1), "a.txt"), 413, "payload_too_large"],
    ["far more than 20 MB", form("a".repeat(30 * 1024 * 1024), "a.txt"), 413, "payload_too_large"],
    ["a form without a file", { method: "POST", body: new FormData() }, 422, "invalid_request"],
    ["another kind of body", { method: "POST", body: "text" }, 415, "unsupported_media_type"],
  ] as [string, RequestInit, number, string][])("%s", async (_, init, status, code) => {
    const answer = await call("gus", "globex/documents", init);
    expect(answer.status).toBe(status);
    expect(await codeOf(answer)).toBe(code);
    expect(await (await call("gus", "globex/documents")).json()).toEqual({ documents: [], nextCursor: null });
  });
});

it("tells a stranger the same about a foreign document as about none", async () => {
  const stored = await call("ada", "acme/documents", form("# Secret\n\nText of Ada.", "secret.md"));
  const { id } = (await stored.json()) as { id: string };
  const unknown = `doc_${"0".repeat(26)}`;
  for (const [method, suffix] of [
    ["GET", ""],
    ["DELETE", ""],
    ["POST", "/restore"],
  ] as const) {
    const foreign = await call("gus", `globex/documents/${id}${suffix}`, { method });
    const none = await call("gus", `globex/documents/${unknown}${suffix}`, { method });
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(await codeOf(foreign)).toBe(await codeOf(none));
  }
  expect((await call("gus", `acme/documents/${id}`)).status).toBe(404);
  expect(await (await call("gus", "globex/search?q=secret+text+of+Ada")).json()).toEqual({ results: [] });
  expect((await call("ben", `acme/documents/${id}`, { method: "DELETE" })).status).toBe(403);
});

it("asks for a question to search for", async () => {
  for (const query of ["", "?q=", "?q=%20", "?q=x&limit=0", "?q=x&limit=51", `?q=${"x".repeat(2_001)}`])
    expect((await call("ada", `acme/search${query}`)).status).toBe(422);
});
