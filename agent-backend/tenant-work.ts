import type { Doors, Tx } from "@/db/with-tenant";

/** One transaction as the run engine inside one tenant. Whoever holds it can reach no other tenant's rows. */
export type TenantWork = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export function tenantWork(doors: Pick<Doors, "withRunner">, tenantId: string): TenantWork {
  return (work) => doors.withRunner(tenantId, work);
}
