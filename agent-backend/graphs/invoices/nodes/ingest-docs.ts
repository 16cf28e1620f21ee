import { eq } from "drizzle-orm";
import type { InvoiceState } from "@/contract/invoices";
import { readSettings } from "@/contract/settings";
import { reconciliationBatches, tenants } from "@/db/schema";
import { GraphRunError } from "../../../agui/run-graph";
import { countWords } from "../count-words";
import { type InvoiceWorld, reportBatch, turnRound } from "../invoice-world";
import type { InvoiceUpdate } from "../state";
import { begun, done } from "../steps";

/** ingest_docs: what the batch holds, and the tenant's policy at this moment. The rows were read when they came in. */
export async function ingestDocs(world: InvoiceWorld, state: InvoiceState): Promise<InvoiceUpdate> {
  const stopped = await turnRound(world, state);
  if (stopped) return stopped;
  const { batch, settings } = await world.work(async (tx) => {
    const [batch] = await tx.select().from(reconciliationBatches).where(eq(reconciliationBatches.id, state.batchId));
    const [tenant] = await tx
      .select({ settings: tenants.settings })
      .from(tenants)
      .where(eq(tenants.id, world.tenantId));
    return { batch, settings: tenant?.settings };
  });
  if (!batch) throw new GraphRunError("unknown_batch", `There is no batch ${state.batchId}.`);
  await reportBatch(world, state, { status: "running", step: "match_invoices", note: "" });
  const { title, orders, orderLines, invoices, transactions, refused } = batch;
  const kept = [
    countWords(orders, "order"),
    countWords(invoices, "invoice"),
    countWords(transactions, "bank line"),
  ].join(", ");
  const note = refused > 0 ? `${kept}; ${countWords(refused, "row")} could not be read` : kept;
  return {
    title,
    policy: readSettings(settings).invoicePolicy,
    counts: { orders, orderLines, invoices, transactions, refused },
    progress: { step: "match_invoices", current: 0, total: transactions, unit: "transactions", remainingMs: null },
    steps: { ...done(state, "ingest_docs", note), ...begun(state, "match_invoices") },
  };
}
