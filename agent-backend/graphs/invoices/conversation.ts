// What people ask for in words about invoices. Patterns, not a model: a route is never decided by one, and this works with no key.

import { and, asc, desc, eq, isNull, notInArray, sql } from "drizzle-orm";
import { z } from "zod";
import { asSentence } from "@/contract/as-sentence";
import { type InvoiceStatus, PROPOSED_STATUSES } from "@/contract/invoices";
import { formatMoney } from "@/contract/money";
import { invoiceResults, invoices, reconciliationBatches } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import { type FoundInvoice, findInvoices, invoicesWithResults, ofResult } from "../../books/find-invoices";
import { totalsOf } from "../../books/totals";
import type { Intent } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";
import { asksTo } from "../asks-to";
import { ABOUT_MARKS, markOf, wantsMark } from "./mark-in-words";

const propertiesSchema = z.object({ batchId: z.string().min(1).max(64) });
// A word with a digit in it, which is how invoice numbers look.
const NUMBERS = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}/_.-]*\d)[\p{L}\p{N}][\p{L}\p{N}/_.-]{2,63}/gu;
const wantsStart = asksTo("reconcile|match|start|run|go|begin");
const WANTS_REASON = /\b(why|reason|explain|what about|status of)\b/i;
const WANTS_OPEN =
  /\b(unmatched|unpaid|open|anomal\w*|wrong|attention|mismatch\w*|missing|problems?|issues?|duplicates?|overpaid|overpayments?|partial\w*|differences?|discrepanc\w*|left|waiting|stuck|need\w*|(?:not|n't)\s+(?:match|fit|add up)\w*)/i;
const LISTED_MAX = 10;

type Batch = typeof reconciliationBatches.$inferSelect;

/** Reads what is wanted: to reconcile a batch (by `properties.batchId`, or in words), or to be told something. */
export async function understandInvoices(work: TenantWork, message: string, properties: unknown): Promise<Intent> {
  const asked = propertiesSchema.safeParse(properties);
  if (asked.success) return { kind: "start", subject: asked.data.batchId };
  return work(async (tx) => {
    const numbers = [...message.matchAll(NUMBERS)].map(([number]) => number);
    const found = numbers.length > 0 ? await findInvoices(tx, numbers) : [];
    if (wantsMark(message)) return markOf(message, numbers, found);
    if (found.length > 0) return say(found.map(describeInvoice).join("\n\n"));
    if (wantsStart(message) && !WANTS_REASON.test(message)) return startLatest(tx);
    if (numbers.length > 0 && (WANTS_REASON.test(message) || ABOUT_MARKS.test(message)))
      return say(`There is no invoice ${numbers[0]} in the sets that were reconciled.`);
    const [latest] = await listBatches(tx, 1);
    if (!latest) return say(NOTHING_YET);
    const lookedAt = latest.status !== "new" && latest.status !== "running";
    if (lookedAt && WANTS_OPEN.test(message)) return say(await describeOpen(tx, latest));
    return say(
      `${await describeBatch(tx, latest)}\n\nSay “reconcile the invoices”, ask “what is unmatched?”, why an invoice is unpaid, or say “mark” and an invoice's number.`,
    );
  });
}

/** Where a batch stands, in one or two sentences. */
export async function reportBatchInWords(work: TenantWork, batchId: string): Promise<string> {
  return work(async (tx) => {
    const [batch] = await tx.select().from(reconciliationBatches).where(eq(reconciliationBatches.id, batchId));
    return batch ? describeBatch(tx, batch) : `There is no batch ${batchId}.`;
  });
}

const NOTHING_YET =
  "There are no books to reconcile yet. Upload purchase orders, invoices and bank transactions on the invoices page.";

const say = (text: string): Intent => ({ kind: "say", text });

async function listBatches(tx: Tx, limit: number): Promise<Batch[]> {
  return tx
    .select()
    .from(reconciliationBatches)
    .orderBy(desc(reconciliationBatches.createdAt), desc(reconciliationBatches.id))
    .limit(limit);
}

async function startLatest(tx: Tx): Promise<Intent> {
  const [latest] = await listBatches(tx, 1);
  if (!latest) return say(NOTHING_YET);
  if (latest.status === "new" || latest.status === "cancelled") return { kind: "start", subject: latest.id };
  return say(await describeBatch(tx, latest));
}

async function describeBatch(tx: Tx, batch: Batch): Promise<string> {
  const { title, status, note, step } = batch;
  switch (status) {
    case "new":
      return `**${title}** has not been reconciled.`;
    case "running":
      return `**${title}** is being reconciled (${step.replaceAll("_", " ")}).`;
    case "stopped":
      return `**${title}** is stopped at ${step.replaceAll("_", " ")}. ${note}`;
    case "failed":
      return `**${title}** stopped at ${step.replaceAll("_", " ")}. ${note}`;
    case "waiting":
      return `**${title}** waits for a decision. ${asSentence(note, title)} ${await inNumbers(tx, batch)}`;
    case "finished":
    case "cancelled":
      return `**${title}** is closed. ${note}`;
  }
}

async function inNumbers(tx: Tx, { id }: Batch): Promise<string> {
  const { totals } = await totalsOf(tx, id);
  const counts = new Map<string, number>();
  for (const { status, count } of totals) counts.set(status, (counts.get(status) ?? 0) + count);
  const words = [...counts].sort(([, a], [, b]) => b - a).map(([status, count]) => `${count} ${inWords(status)}`);
  return words.length > 0 ? `By status: ${words.join(", ")}.` : "";
}

async function describeOpen(tx: Tx, batch: Batch): Promise<string> {
  const odd = and(
    eq(invoiceResults.batchId, batch.id),
    notInArray(invoiceResults.status, [...PROPOSED_STATUSES]),
    isNull(invoices.reconciledAt),
  );
  const rows = await invoicesWithResults(tx)
    .where(odd)
    .orderBy(asc(invoiceResults.status), asc(invoices.row))
    .limit(LISTED_MAX);
  if (rows.length === 0) return `Nothing is unmatched in **${batch.title}**. ${await inNumbers(tx, batch)}`;
  const [all] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(invoiceResults)
    .innerJoin(invoices, ofResult)
    .where(odd);
  const more = (all?.count ?? 0) - rows.length;
  const list = rows.map((row) => `- ${describeInvoice(row)}`).join("\n");
  return `${all?.count} invoices of **${batch.title}** need a look:\n${list}${more > 0 ? `\n- and ${more} more on the invoices page` : ""}`;
}

function describeInvoice({
  invoiceNumber,
  row,
  supplier,
  totalMinor,
  currency,
  status,
  reasons,
  reconciledAt,
}: FoundInvoice) {
  const marked = reconciledAt ? " It is marked as reconciled." : "";
  return `**${invoiceNumber}** (${supplier}, ${formatMoney(totalMinor, currency)}, row ${row}) is ${inWords(status as InvoiceStatus)}: ${reasons.join(" ")}${marked}`;
}

const inWords = (status: string) => status.replaceAll("_", " ").replace(" po", " purchase order");
