import { eq } from "drizzle-orm";
import { z } from "zod";
import { readSettings } from "@/contract/settings";
import { type TokenUpdate, tokenUpdateSchema } from "@/contract/usage";
import { tenants, threadContexts } from "@/db/schema";
import { type Doors, type TenantContext, withTenant } from "@/db/with-tenant";
import type { Digest } from "./context-window";

/** What is kept of a thread beside its messages. */
export interface StoredContext {
  digest: Digest | null;
  meter: TokenUpdate | null;
  /** From the tenant's settings. */
  compactAt: number;
}

const digestSchema: z.ZodType<Digest> = z.object({
  turns: z.number().int().positive(),
  summary: z.string(),
  by: z.enum(["model", "outline"]),
  told: z.string().optional(),
});

type Tenant = Pick<Doors, "withTenant">;

export async function loadThreadContext(
  context: TenantContext,
  threadId: string,
  doors: Tenant = { withTenant },
): Promise<StoredContext> {
  return doors.withTenant(context, async (tx) => {
    const [row] = await tx.select().from(threadContexts).where(eq(threadContexts.threadId, threadId));
    const [tenant] = await tx
      .select({ settings: tenants.settings })
      .from(tenants)
      .where(eq(tenants.id, context.tenantId));
    return {
      digest: digestSchema.safeParse(row?.digest).data ?? null,
      meter: tokenUpdateSchema.safeParse(row?.meter).data ?? null,
      compactAt: readSettings(tenant?.settings).compactAt,
    };
  });
}

export async function saveThreadContext(
  { tenantId, userId, role }: TenantContext,
  threadId: string,
  change: Partial<Pick<StoredContext, "digest" | "meter">>,
  doors: Tenant = { withTenant },
): Promise<void> {
  const values = { ...change, updatedAt: new Date() };
  await doors.withTenant({ tenantId, userId, role }, (tx) =>
    tx
      .insert(threadContexts)
      .values({ tenantId, threadId, userId, ...values })
      .onConflictDoUpdate({ target: threadContexts.threadId, set: values }),
  );
}
