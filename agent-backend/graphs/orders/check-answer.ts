import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { type OrderAnswer, orderAnswerSchemas } from "@/contract/orders";
import { customers, orders, products } from "@/db/schema";
import type { Approval } from "../../approvals/approvals";
import type { AgentDefinition } from "../../execution/agent-definition";
import type { TenantWork } from "../../tenant-work";

type Checked = Awaited<ReturnType<AgentDefinition["checkAnswer"]>>;

/** The answer, when it has the shape that its question wants and fits this order; otherwise what is wrong, by field. */
export async function checkOrderAnswer(work: TenantWork, approval: Approval, given: unknown): Promise<Checked> {
  const schema = orderAnswerSchemas[approval.reason as keyof typeof orderAnswerSchemas] as
    | z.ZodType<OrderAnswer>
    | undefined;
  if (!schema) return wrong("reason", "nobody knows how to answer this");
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map((issue) => [issue.path.join(".") || "(all)", issue.message]);
    return { ok: false, fields: Object.fromEntries(fields) };
  }
  const answer = parsed.data;
  if (answer.action === "resolve") {
    const short = (approval.proposal.lines ?? []) as { lineNo: number }[];
    const answered = answer.lines.map(({ lineNo }) => lineNo);
    if (new Set(answered).size !== answered.length) return wrong("lines", "a line is answered twice");
    if (answered.some((lineNo) => !short.some((line) => line.lineNo === lineNo)))
      return wrong("lines", "a line is answered that is not short");
    const open = short.filter(({ lineNo }) => !answered.includes(lineNo));
    for (const line of answer.lines) {
      if (line.action === "substitute" && !(await isSold(work, line.sku)))
        return wrong("lines", `there is no article ${line.sku} on sale`);
    }
    if (open.length > 0) return wrong("lines", `line ${open[0]?.lineNo} is short and has no answer`);
  }
  if (answer.action === "other-method" && !(await methodsOf(work, approval.subject)).includes(answer.method))
    return wrong("method", "the customer has no such payment method");
  return { ok: true, answer: { ...answer } };
}

async function isSold(work: TenantWork, sku: string): Promise<boolean> {
  const rows = await work((tx) =>
    tx
      .select({ sku: products.sku })
      .from(products)
      .where(and(eq(products.sku, sku), eq(products.discontinued, false))),
  );
  return rows.length > 0;
}

async function methodsOf(work: TenantWork, orderId: string): Promise<string[]> {
  const [row] = await work((tx) =>
    tx
      .select({ methods: customers.paymentMethods })
      .from(orders)
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(eq(orders.id, orderId)),
  );
  return row?.methods ?? [];
}

const wrong = (field: string, message: string): Checked => ({ ok: false, fields: { [field]: message } });
