// Reconciliation as tests want it: books brought in over HTTP, runs followed to their question, and what came of it.
import { initialInvoiceState } from "@/agent-backend/graphs/invoices/state";
import { type InvoiceState, invoiceStateSchema, type ReviewAnswer, type UploadedBooks } from "@/contract/invoices";
import { newId } from "@/db/ids";
import { readDemoBooks } from "@/db/seed/demo/books";
import type { OrderBackend, Person, Run, runInput } from "./order-backend";

export interface BookTexts {
  purchaseOrders: string | Uint8Array;
  invoices: string | Uint8Array;
  bank: string | Uint8Array;
}

export type InvoiceRun = Run<InvoiceState>;

/** The demo's books of Acme, in which every status occurs. */
export async function demoBooks(): Promise<BookTexts> {
  const files = await readDemoBooks("acme");
  return {
    purchaseOrders: files["purchase_orders.csv"],
    invoices: files["invoices.csv"],
    bank: files["bank_transactions.csv"],
  };
}

export function uploadBody({ purchaseOrders, invoices, bank }: BookTexts, title = "Books") {
  const file = (filename: string, text: string | Uint8Array) => ({
    filename,
    bytes: Buffer.from(text).toString("base64"),
  });
  return {
    title,
    files: {
      purchase_orders: file("purchase_orders.csv", purchaseOrders),
      invoices: file("invoices.csv", invoices),
      bank_transactions: file("bank_transactions.csv", bank),
    },
  };
}

export function invoiceDriver(backend: OrderBackend) {
  const json = async (response: Response) => {
    const body = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
    return body;
  };
  const run = async (person: Person, input: Parameters<typeof runInput>[0]): Promise<InvoiceRun> => {
    const read = await backend.run<unknown>(person, input, "invoices");
    // A refusal has no state; what has one has all of it.
    const state = read.state === undefined ? initialInvoiceState("", "", "") : invoiceStateSchema.parse(read.state);
    return { ...read, state };
  };
  return {
    async upload(person: Person, books: BookTexts): Promise<UploadedBooks> {
      return json(await backend.request(person, "POST", "/books", uploadBody(books)));
    },
    /** A conversation that begins the batch, until it asks. */
    async begin(person: Person, batchId: string) {
      const conversation = newId("thr");
      const first = await run(person, { threadId: conversation, forwardedProps: { batchId } });
      const [thread] = await backend.rows<{ id: string }>(
        "select thread_id as id from flightdeck.reconciliation_batches where id = $1",
        [batchId],
      );
      return { conversation, first, threadId: thread?.id ?? "" };
    },
    run,
    /** Answers what is asked, and follows the run to its next question or its end. */
    async answer(person: Person, conversation: string, before: InvoiceRun, payload: Partial<ReviewAnswer>) {
      const interruptId = before.last.outcome?.interrupts?.[0]?.id ?? "";
      return run(person, { threadId: conversation, resume: [{ interruptId, status: "resolved", payload }] });
    },
    /** One call of what people do outside the graph. */
    post: (person: Person, path: string, body: unknown, thread = "") =>
      backend.request(person, "POST", path, body, thread),
    async batch(id: string) {
      const [row] = await backend.rows<{ status: string; note: string; step: string; thread: string }>(
        "select status, note, step, thread_id as thread from flightdeck.reconciliation_batches where id = $1",
        [id],
      );
      if (!row) throw new Error(`there is no batch ${id}`);
      return row;
    },
    /** Results by invoice number. */
    async results(batchId: string) {
      const rows = await backend.rows<ResultRow>(
        `select i.row, i.invoice_number as number, i.supplier, r.status, r.proposed, r.confidence, r.reasons, r.po_number as po, i.reconciled_by as by,
           (select array_agg(p.transaction_row order by p.transaction_row) from flightdeck.invoice_payments p
             where p.batch_id = i.batch_id and p.invoice_row = i.row) as payments
         from flightdeck.invoices i join flightdeck.invoice_results r using (tenant_id, batch_id, row) where i.batch_id = $1 order by i.row`,
        [batchId],
      );
      return rows;
    },
    async sentMails() {
      return backend.rows<{ key: string; request: { to: string; subject: string; body: string } }>(
        "select idempotency_key as key, request from flightdeck.sandbox_ledger where system = 'mail' order by created_at",
      );
    },
    async drafts(batchId: string) {
      return backend.rows<{ id: string; supplier: string; to: string; body: string; state: string; note: string }>(
        `select id, supplier, to_address as to, body, state, note from flightdeck.email_drafts where batch_id = $1 order by supplier`,
        [batchId],
      );
    },
  };
}

export interface ResultRow {
  row: number;
  number: string;
  supplier: string;
  status: string;
  proposed: boolean;
  confidence: number;
  reasons: string[];
  po: string | null;
  by: string | null;
  payments: number[] | null;
}
