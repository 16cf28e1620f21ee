import { newId } from "@/db/ids";
import { auditLog } from "@/db/schema";
import type { TenantContext, Tx } from "@/db/with-tenant";

type DocumentAction = "document.upload" | "document.replace" | "document.delete" | "document.restore";

/** Records a deed in the transaction that does it. */
export async function audit(
  tx: Tx,
  context: TenantContext,
  action: DocumentAction,
  target: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const { tenantId, userId } = context;
  await tx.insert(auditLog).values({ id: newId("aud"), tenantId, userId, action, target, detail });
}
