import { and, eq, sql } from "drizzle-orm";
import { sandboxLedger } from "@/db/schema";
import type { Tx } from "@/db/with-tenant";
import type { TenantWork } from "../../tenant-work";
import { OutsideFailure } from "../outside-failure";
import type { PaymentPort, PaymentRequest, PaymentResult } from "../payment";
import { bookOnce, findBooking } from "./ledger";

const SYSTEM = "payment";

/**
 * Test values, by payment method:
 * - `card_declined`, `card_expired`: always declined, each with its reason.
 * - `card_declined_once`: declined at an order's first attempt, authorized at the next.
 * - `card_timeout`: authorized, but the answer gets lost; `find` knows of it.
 * - `card_outage`: the provider is away and nothing is booked.
 * - anything else (`card_visa`, `invoice_30_days`, …): authorized.
 */
export function sandboxPayment(work: TenantWork, tenantId: string): PaymentPort {
  return {
    async authorize(key, request) {
      if (request.method === "card_outage")
        throw new OutsideFailure(SYSTEM, "outage", "The payment provider does not answer.");
      const entry = {
        system: SYSTEM,
        operation: "authorize",
        key,
        amountMinor: request.amountMinor,
        request: { ...request },
      };
      const repeated = await work((tx) => findBooking(tx, SYSTEM, key));
      const result = await bookOnce(work, tenantId, entry, (tx, reference) => judge(tx, request, reference));
      if (request.method === "card_timeout" && !repeated)
        throw new OutsideFailure(SYSTEM, "timeout", "The payment provider took too long to answer.");
      return result;
    },
    void: (key, reference) =>
      bookOnce(
        work,
        tenantId,
        { system: SYSTEM, operation: "void", key, request: { reference } },
        async (_tx, voidReference) => ({ reference: voidReference }),
      ),
    find: (key) => work((tx) => findBooking<PaymentResult>(tx, SYSTEM, key)),
  };
}

async function judge(tx: Tx, { method, orderId }: PaymentRequest, reference: string): Promise<PaymentResult> {
  const declined = (reason: string): PaymentResult => ({ status: "declined", reference, reason });
  switch (method) {
    case "card_declined":
      return declined("The bank declined it: insufficient funds.");
    case "card_expired":
      return declined("The card has expired.");
    case "card_declined_once":
      return (await hasTried(tx, orderId))
        ? { status: "authorized", reference }
        : declined("The bank asks to try again.");
    default:
      return { status: "authorized", reference };
  }
}

async function hasTried(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: sandboxLedger.id })
    .from(sandboxLedger)
    .where(
      and(
        eq(sandboxLedger.system, SYSTEM),
        eq(sandboxLedger.operation, "authorize"),
        sql`${sandboxLedger.request} ->> 'orderId' = ${orderId}`,
      ),
    );
  return rows.length > 0;
}
