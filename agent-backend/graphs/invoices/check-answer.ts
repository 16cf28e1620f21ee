import { and, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import { reviewAnswerSchema, UNPAID_STATUSES } from "@/contract/invoices";
import { emailDrafts, invoiceResults } from "@/db/schema";
import type { Approval } from "../../approvals/approvals";
import type { AgentDefinition } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";

type Checked = Awaited<ReturnType<AgentDefinition["checkAnswer"]>>;

/** The answer, when it has the shape of a review and names only what this batch can mark and send; otherwise what is wrong, by field. */
export async function checkInvoiceAnswer(work: TenantWork, approval: Approval, given: unknown): Promise<Checked> {
  if (approval.reason !== "invoices.review") return wrong("reason", "nobody knows how to answer this");
  const parsed = reviewAnswerSchema.safeParse(given);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map((issue) => [issue.path.join(".") || "(all)", issue.message]);
    return { ok: false, fields: Object.fromEntries(fields) };
  }
  const answer = parsed.data;
  if (answer.action === "cancel") return { ok: true, answer };
  const batchId = approval.subject;
  if (answer.invoices !== "proposed" && answer.invoices.length > 0) {
    const rows = [...new Set(answer.invoices)];
    const [fit] = await work((tx) =>
      tx
        .select({ count: sql<number>`count(*)::int` })
        .from(invoiceResults)
        .where(
          and(
            eq(invoiceResults.batchId, batchId),
            notInArray(invoiceResults.status, [...UNPAID_STATUSES]),
            sql`${invoiceResults.row} = any(${sql.param(`{${rows.join(",")}}`)}::int[])`,
          ),
        ),
    );
    const off = rows.length - (fit?.count ?? 0);
    if (off > 0) return wrong("invoices", `${off} of these cannot be marked: not paid, a copy, or not in this batch`);
  }
  if (answer.letters !== "ready" && answer.letters.length > 0) {
    const ids = [...new Set(answer.letters)];
    const fit = await work((tx) =>
      tx
        .select({ id: emailDrafts.id })
        .from(emailDrafts)
        .where(
          and(
            eq(emailDrafts.batchId, batchId),
            inArray(emailDrafts.id, ids),
            inArray(emailDrafts.state, ["ready", "failed"]),
            ne(emailDrafts.toAddress, ""),
          ),
        ),
    );
    const off = ids.length - fit.length;
    if (off > 0)
      return wrong("letters", `${off} of these cannot be sent: sent already, left out, or without an address`);
  }
  return { ok: true, answer };
}

const wrong = (field: string, message: string): Checked => ({ ok: false, fields: { [field]: message } });
