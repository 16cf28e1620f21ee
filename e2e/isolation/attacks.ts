import type { Victim } from "./victim";

export interface Attack {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const runInput = (threadId: string) => ({
  threadId,
  runId: "run-of-a-stranger",
  state: {},
  messages: [{ id: "m1", role: "user", content: "What is here?" }],
  tools: [],
  context: [],
  forwardedProps: {},
});

/** How an attack on the victim's things looks when it is made through `tenant`'s door. */
export type Attacking<T = Attack> = (victim: Victim, tenant: string) => T;

// How each route is attacked. `null`: it shows nothing of anybody's, with the reason. A route that is not named here fails the suite.
export const ROUTES: Record<string, Attacking | null> = {
  "GET /api/health": null, // says only that the process lives
  "GET /api/ready": null, // says only whether its parts are there
  "GET /api/t/[tenant]/changes": (_, tenant) => ({ path: `/api/t/${tenant}/changes` }),
  "GET /api/t/[tenant]/documents": (_, tenant) => ({ path: `/api/t/${tenant}/documents` }),
  "POST /api/t/[tenant]/documents": (_, tenant) => ({
    path: `/api/t/${tenant}/documents`,
    body: { title: "Planted", text: "A stranger's words." },
  }),
  "GET /api/t/[tenant]/documents/[id]": ({ documentId }, tenant) => ({
    path: `/api/t/${tenant}/documents/${documentId}`,
  }),
  "DELETE /api/t/[tenant]/documents/[id]": ({ documentId }, tenant) => ({
    path: `/api/t/${tenant}/documents/${documentId}`,
  }),
  "PUT /api/t/[tenant]/documents/[id]": ({ documentId }, tenant) => ({
    path: `/api/t/${tenant}/documents/${documentId}`,
    body: { title: "Replaced", text: "A stranger's words." },
  }),
  "POST /api/t/[tenant]/documents/[id]/restore": ({ documentId }, tenant) => ({
    path: `/api/t/${tenant}/documents/${documentId}/restore`,
    body: {},
  }),
  "GET /api/t/[tenant]/invoices": (_, tenant) => ({ path: `/api/t/${tenant}/invoices` }),
  "POST /api/t/[tenant]/invoices": (_, tenant) => ({ path: `/api/t/${tenant}/invoices`, body: {} }),
  "GET /api/t/[tenant]/invoices/[batch]/events": ({ booksId }, tenant) => ({
    path: `/api/t/${tenant}/invoices/${booksId}/events`,
  }),
  "GET /api/t/[tenant]/invoices/[batch]/export": ({ booksId }, tenant) => ({
    path: `/api/t/${tenant}/invoices/${booksId}/export`,
  }),
  "GET /api/t/[tenant]/orders/[order]/events": ({ orderId }, tenant) => ({
    path: `/api/t/${tenant}/orders/${orderId}/events`,
  }),
  "POST /api/t/[tenant]/orders/batches": (_, tenant) => ({
    path: `/api/t/${tenant}/orders/batches`,
    body: { orders: ["ORD-0"] },
  }),
  "GET /api/t/[tenant]/orders/batches/[batch]": ({ batchId }, tenant) => ({
    path: `/api/t/${tenant}/orders/batches/${batchId}`,
  }),
  "POST /api/t/[tenant]/orders/import": (_, tenant) => ({
    path: `/api/t/${tenant}/orders/import`,
    body: { files: { "products.csv": "sku,name,units_in_stock,unit_price,discontinued\nX,Planted,1,1,0\n" } },
  }),
  "GET /api/t/[tenant]/search": (_, tenant) => ({ path: `/api/t/${tenant}/search?q=warranty` }),
  "GET /api/t/[tenant]/usage": (_, tenant) => ({ path: `/api/t/${tenant}/usage` }),
  "GET /api/t/[tenant]/threads": (_, tenant) => ({ path: `/api/t/${tenant}/threads` }),
  "POST /api/t/[tenant]/threads": (_, tenant) => ({ path: `/api/t/${tenant}/threads`, body: { agent: "knowledge" } }),
  "GET /api/t/[tenant]/threads/[id]": ({ threadId }, tenant) => ({ path: `/api/t/${tenant}/threads/${threadId}` }),
  "PATCH /api/t/[tenant]/threads/[id]": ({ threadId }, tenant) => ({
    path: `/api/t/${tenant}/threads/${threadId}`,
    body: { title: "Taken" },
  }),
  "DELETE /api/t/[tenant]/threads/[id]": ({ threadId }, tenant) => ({ path: `/api/t/${tenant}/threads/${threadId}` }),
  "GET /api/t/[tenant]/threads/[id]/export": ({ threadId }, tenant) => ({
    path: `/api/t/${tenant}/threads/${threadId}/export`,
  }),
};

// CopilotKit's own route kinds. `closed`: the app does not use it, so it is not there for anybody.
export const COPILOT_KINDS: Record<string, Attacking<Attack & { verb: string }> | "closed"> = {
  info: (_, tenant) => ({ verb: "GET", path: "/api/copilotkit/info", headers: { "x-tenant": tenant } }),
  "agent/run": ({ threadId }, tenant) => ({
    verb: "POST",
    path: "/api/copilotkit/agent/knowledge/run",
    body: runInput(threadId),
    headers: { "x-tenant": tenant },
  }),
  "agent/connect": ({ threadId }, tenant) => ({
    verb: "POST",
    path: "/api/copilotkit/agent/knowledge/connect",
    body: runInput(threadId),
    headers: { "x-tenant": tenant },
  }),
  "agent/stop": ({ threadId }, tenant) => ({
    verb: "POST",
    path: `/api/copilotkit/agent/knowledge/stop/${threadId}`,
    body: {},
    headers: { "x-tenant": tenant },
  }),
  "agent/suggest": "closed",
  "threads/list": "closed",
  "threads/clear": "closed",
  "threads/subscribe": "closed",
  "threads/update": "closed",
  "threads/archive": "closed",
  "threads/messages": "closed",
  "threads/events": "closed",
  "threads/state": "closed",
  "memories/list": "closed",
  "memories/recall": "closed",
  "memories/subscribe": "closed",
  "memories/mutate": "closed",
  transcribe: "closed",
  annotate: "closed",
  "cpk-debug-events": "closed",
  "inspector/metadata": "closed",
  "inspector/learning": "closed",
};

/** The attacks that name one of the victim's things; the others only knock at the tenant's door. */
export const namesAThing = (name: string): boolean => /\[(?!tenant)|^agent\//.test(name);

/** How a closed kind is asked for. */
export function closedRequest(kind: string, { threadId }: Victim): { verb: string; path: string; body?: unknown } {
  const base = "/api/copilotkit";
  const special: Record<string, { verb: string; path: string; body?: unknown }> = {
    "agent/suggest": { verb: "POST", path: `${base}/agent/knowledge/suggest`, body: runInput(threadId) },
    "threads/list": { verb: "GET", path: `${base}/threads` },
    "threads/clear": { verb: "POST", path: `${base}/threads/clear`, body: {} },
    "threads/subscribe": { verb: "POST", path: `${base}/threads/subscribe`, body: {} },
    "threads/update": { verb: "PATCH", path: `${base}/threads/${threadId}`, body: { name: "Taken" } },
    "threads/archive": { verb: "POST", path: `${base}/threads/${threadId}/archive`, body: {} },
    "memories/list": { verb: "GET", path: `${base}/memories` },
    "memories/recall": { verb: "POST", path: `${base}/memories/recall`, body: {} },
    "memories/subscribe": { verb: "POST", path: `${base}/memories/subscribe`, body: {} },
    "memories/mutate": { verb: "POST", path: `${base}/memories/m1`, body: {} },
    transcribe: { verb: "POST", path: `${base}/transcribe`, body: {} },
    annotate: { verb: "POST", path: `${base}/annotate`, body: {} },
    "cpk-debug-events": { verb: "GET", path: `${base}/cpk-debug-events` },
    "inspector/metadata": { verb: "GET", path: `${base}/inspector-metadata` },
    "inspector/learning": { verb: "GET", path: `${base}/inspector-learning` },
  };
  return special[kind] ?? { verb: "GET", path: `${base}/threads/${threadId}/${kind.split("/")[1]}` };
}
