// Attacks every route and every action of the service as somebody of another tenant. What is attacked is read from the service itself, so
// that a new way in without an entry here fails. Whose rows the database gives out is db/isolation.db.test.ts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend, RUN_TOKEN_SECRET } from "@/test/order-backend";
import { actionNames } from "./actions/actions";
import { createApp } from "./app";
import { agents } from "./registry";

interface Victim {
  orderId: string;
  orderThread: string;
  approvalId: string;
  sku: string;
  shipment: string;
  batchId: string;
  batchThread: string;
  draftId: string;
  editId: string;
  invoice: string;
}

interface Attack {
  path: string;
  /** The thread that the token names. */
  thread?: string;
  body?: object;
}

const cancel = { answer: { action: "cancel", reason: "" } };
const onBatch =
  (rest: string, body: object = {}) =>
  (victim: Victim) => ({
    path: `/batches/${victim.batchId}/${rest}`,
    thread: victim.batchThread,
    body,
  });
const onThread = (rest: string, body?: object) => (victim: Victim) => ({
  path: `/threads/${victim.orderThread}/${rest}`,
  thread: victim.orderThread,
  body,
});

// `null`: it shows or changes nothing of anybody else's, with the reason.
const ROUTES: Record<string, null | ((victim: Victim) => Attack)> = {
  "GET /health": null, // says only that the service lives, and its agents' names
  "POST /agents/:name": null, // answers as a stream, whose refusals conformance.db.test.ts reads
  "POST /books": null, // brings in rows of the caller's own
  "POST /actions/:name": null, // attacked one by one, below
  "POST /agents/:name/threads/:thread": ({ orderId, orderThread }) => ({
    path: `/agents/orders/threads/${orderThread}`,
    thread: orderThread,
    body: { subject: orderId },
  }),
  "POST /agents/:name/batches": ({ orderId }) => ({ path: "/agents/orders/batches", body: { subjects: [orderId] } }),
  "GET /threads/:thread/events": onThread("events"),
  "POST /threads/:thread/cancel": onThread("cancel", {}),
  "POST /threads/:thread/retry": onThread("retry", {}),
  "POST /threads/:thread/approvals/:approval": (victim) => onThread(`approvals/${victim.approvalId}`, cancel)(victim),
  "POST /books/own": () => ({ path: "/books/own", body: {} }),
  "POST /batches/:batch/stop": onBatch("stop"),
  "POST /batches/:batch/resume": onBatch("resume"),
  "POST /batches/:batch/unmark": onBatch("unmark", { rows: [2] }),
  "POST /batches/:batch/invoices/:row/match": onBatch("invoices/2/match", { transactionRows: [] }),
  "POST /batches/:batch/edits/:edit/undo": (victim) => onBatch(`edits/${victim.editId}/undo`)(victim),
  "POST /batches/:batch/drafts/:draft": (victim) =>
    onBatch(`drafts/${victim.draftId}`, { to: "", subject: "Taken", body: "Taken" })(victim),
  "POST /batches/:batch/drafts/:draft/skip": (victim) => onBatch(`drafts/${victim.draftId}/skip`)(victim),
  "POST /batches/:batch/drafts/:draft/restore": (victim) => onBatch(`drafts/${victim.draftId}/restore`)(victim),
};

const ACTIONS: Record<string, (victim: Victim) => object> = {
  search_products: ({ sku }) => ({ query: sku }),
  get_shipment_status: ({ shipment }) => ({ reference: shipment }),
  fulfil_orders: ({ orderId }) => ({ orderIds: [orderId] }),
  cancel_order: ({ orderId }) => ({ orderId }),
  mark_invoice_reconciled: ({ invoice }) => ({ invoice }),
};

let backend: OrderBackend;
let victim: Victim;
/** Things that never were, of the same shape. */
const nobody: Victim = {
  orderId: "ISO-999",
  orderThread: newId("thr"),
  approvalId: newId("apr"),
  sku: "ISONOTHING",
  shipment: newId("led"),
  batchId: newId("rec"),
  batchThread: newId("thr"),
  draftId: newId("eml"),
  editId: newId("edt"),
  invoice: "ISO-INV-999",
};

beforeAll(async () => {
  backend = await createOrderBackend();
  const { ada } = backend;
  await backend.plant(ada, { id: "ISO-1", lines: [{ sku: "ISOSOMETHING", qty: 1, stock: 5 }] });
  const order = await backend.run(ada, { threadId: newId("thr"), forwardedProps: { orderId: "ISO-1" } });
  const drive = invoiceDriver(backend);
  const { batchId } = await drive.upload(ada, await demoBooks());
  const { threadId: batchThread } = await drive.begin(ada, batchId);
  const results = await drive.results(batchId);
  const edited = await drive.post(ada, `/batches/${batchId}/invoices/${results[0]?.row}/match`, {
    transactionRows: [],
  });
  const numbers = results.map(({ number }) => number);
  const matched = results.find(
    ({ row, proposed, number }) =>
      proposed && row !== results[0]?.row && numbers.indexOf(number) === numbers.lastIndexOf(number),
  );
  victim = {
    orderId: "ISO-1",
    orderThread: order.state.threadId,
    approvalId: order.last.outcome?.interrupts?.[0]?.id ?? "",
    sku: "ISOSOMETHING",
    shipment: order.state.shipment?.reference ?? "",
    batchId,
    batchThread,
    draftId: (await drive.drafts(batchId))[0]?.id ?? "",
    editId: (await edited.json()).editId,
    invoice: matched?.number ?? "",
  };
  expect(Object.values(victim)).not.toContain("");
});

afterAll(() => backend.close());

/** Everything of the victim's tenant that an attack could change. */
async function everything(): Promise<string> {
  const tables = ["orders", "products", "graph_threads", "approvals", "reconciliation_batches", "invoices"];
  const more = ["invoice_results", "invoice_payments", "match_edits", "email_drafts", "sandbox_ledger", "audit_log"];
  const hashes = [];
  for (const table of [...tables, ...more])
    hashes.push(
      await backend.rows(
        `select '${table}' as name, md5(string_agg(t::text, '|' order by t::text)) as hash from flightdeck.${table} t where tenant_id = $1`,
        [backend.ada.tenantId],
      ),
    );
  return JSON.stringify(hashes);
}

/** An answer without what only repeats the question, and without its trace. */
async function told(response: Response, asked: Victim): Promise<string> {
  let text = `${response.status} ${await response.text()}`.replace(/"traceId":"[^"]*"/, "");
  for (const [name, value] of Object.entries(asked)) text = text.replaceAll(value, name);
  return text;
}

test("every route and every action of the service is named here", () => {
  const { executor } = backend;
  const app = createApp({ agents, executor, runTokenSecret: RUN_TOKEN_SECRET, log: () => {} });
  const routes = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(ROUTES).sort());
  expect([...actionNames].sort()).toEqual(Object.keys(ACTIONS).sort());
});

test("what is another tenant's answers exactly like what never was, and stays as it is", async () => {
  const before = await everything();
  for (const [route, attack] of Object.entries(ROUTES)) {
    if (!attack) continue;
    const [method = ""] = route.split(" ");
    const answers = [];
    for (const asked of [victim, nobody]) {
      const { path, thread, body } = attack(asked);
      answers.push(await told(await backend.request(backend.gus, method, path, body, thread), asked));
    }
    expect(answers[0], route).toBe(answers[1]);
    expect(answers[0], route).toMatch(/^4(04|09) /);
  }
  for (const [name, inputOf] of Object.entries(ACTIONS)) {
    const answers = [];
    for (const asked of [victim, nobody])
      answers.push(await told(await backend.request(backend.gus, "POST", `/actions/${name}`, inputOf(asked)), asked));
    expect(answers[0], name).toBe(answers[1]);
  }
  expect(await everything()).toBe(before);
});

test("the same actions by the owner do find the things, so the check above can fail", async () => {
  const ask = async (name: string) =>
    (await backend.request(backend.ada, "POST", `/actions/${name}`, ACTIONS[name]?.(victim))).json();
  expect(await ask("search_products")).toMatchObject({ products: [{ sku: victim.sku }] });
  expect(await ask("get_shipment_status")).toMatchObject({ shipment: { reference: victim.shipment } });
  expect(await ask("mark_invoice_reconciled")).toMatchObject({ outcome: "marked" });
  expect(await ask("cancel_order")).toMatchObject({ outcome: "cancelled" });
});
