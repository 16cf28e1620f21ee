// Every address of the app, in one place: a page that moves is changed here.

type Query = Record<string, string | number | undefined>;

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}

/** What `/[tenant]/assistant` shows: a conversation beside the documents, one document, or a passage of it. */
export interface AssistantView {
  thread?: string;
  doc?: string;
  chunk?: string;
  from?: number;
  to?: number;
  /** The version that a citation quoted. */
  v?: number;
  /** Of a document that is too long for one page. */
  part?: number;
}

export const paths = {
  home: () => "/",
  signIn: (next?: string) => withQuery("/sign-in", { next }),
  tenant: (slug: string) => `/${slug}`,
  assistant: (slug: string, view: AssistantView = {}) => withQuery(`/${slug}/assistant`, { ...view }),
  threadExport: (slug: string, id: string, format: "markdown" | "json") =>
    withQuery(`/api/t/${slug}/threads/${id}/export`, { format }),
  threadChanges: (slug: string) => `/api/t/${slug}/changes`,
  documents: (slug: string) => `/api/t/${slug}/documents`,
  orders: (slug: string, view: { order?: string; thread?: string } = {}) => withQuery(`/${slug}/orders`, view),
  orderEvents: (slug: string, order: string) => `/api/t/${slug}/orders/${encodeURIComponent(order)}/events`,
  orderImport: (slug: string) => `/api/t/${slug}/orders/import`,
  orderBatch: (slug: string, batch: string) => `/${slug}/orders/batches/${batch}`,
  orderBatchReport: (slug: string, batch: string) => `/api/t/${slug}/orders/batches/${batch}?format=csv`,
  invoices: (slug: string, view: { batch?: string; invoice?: number; view?: string; review?: 1 } = {}) =>
    withQuery(`/${slug}/invoices`, view),
  invoiceBooks: (slug: string) => `/api/t/${slug}/invoices`,
  invoiceEvents: (slug: string, batch: string) => `/api/t/${slug}/invoices/${encodeURIComponent(batch)}/events`,
  invoiceExport: (slug: string, batch: string) => `/api/t/${slug}/invoices/${encodeURIComponent(batch)}/export`,
  approvals: (slug: string, view: { id?: string; show?: "closed" } = {}) => withQuery(`/${slug}/approvals`, view),
  settings: (slug: string) => `/${slug}/settings`,
  usage: (slug: string, view: { from?: string; to?: string; show?: "cost" | "tokens" } = {}) =>
    withQuery(`/${slug}/settings/usage`, view),
  usageExport: (slug: string, range: { from: string; to: string }) =>
    withQuery(`/api/t/${slug}/usage`, { ...range, format: "csv" }),
  copilotRuntime: () => "/api/copilotkit",
};
