import { and, eq, sql } from "drizzle-orm";
import { sandboxLedger } from "@/db/schema";
import type { TenantWork } from "../../tenant-work";
import type { CarrierPort, Shipment, ShipmentStatus } from "../carrier";
import { OutsideFailure } from "../outside-failure";
import { bookOnce, findBooking } from "./ledger";

const SYSTEM = "carrier";
const HOUR_MS = 3_600_000;

/**
 * Test values, by address: `Unreachable Island` is refused; `Timeout Street` is booked, but the answer gets lost.
 * A shipment is in transit four hours after it was booked and delivered after two days.
 */
export function sandboxCarrier(work: TenantWork, tenantId: string): CarrierPort {
  return {
    async book(key, request) {
      if (request.address.includes("Unreachable Island"))
        throw new OutsideFailure(SYSTEM, "refused", "The carrier does not deliver to this address.");
      const repeated = await work((tx) => findBooking(tx, SYSTEM, key));
      const shipment = await bookOnce(
        work,
        tenantId,
        { system: SYSTEM, operation: "book", key, request: { ...request } },
        async (_tx, reference) => ({ reference, trackingUrl: `https://tracking.example/${reference}` }),
      );
      if (request.address.includes("Timeout Street") && !repeated)
        throw new OutsideFailure(SYSTEM, "timeout", "The carrier took too long to answer.");
      return shipment;
    },
    cancel: (key, reference) =>
      bookOnce(
        work,
        tenantId,
        { system: SYSTEM, operation: "cancel", key, request: { reference } },
        async (_tx, cancellation) => ({ reference: cancellation }),
      ),
    find: (key) => work((tx) => findBooking<Shipment>(tx, SYSTEM, key)),
    status: (reference) =>
      work(async (tx) => {
        const [booked] = await tx
          .select({ createdAt: sandboxLedger.createdAt })
          .from(sandboxLedger)
          .where(and(eq(sandboxLedger.id, reference), eq(sandboxLedger.operation, "book")));
        if (!booked) return null;
        const [cancelled] = await tx
          .select({ createdAt: sandboxLedger.createdAt })
          .from(sandboxLedger)
          .where(
            and(
              eq(sandboxLedger.system, SYSTEM),
              eq(sandboxLedger.operation, "cancel"),
              sql`${sandboxLedger.request} ->> 'reference' = ${reference}`,
            ),
          );
        if (cancelled) return statusOf(reference, "cancelled", "The sender cancelled it.", cancelled.createdAt);
        return journey(reference, booked.createdAt, Date.now());
      }),
  };
}

function journey(reference: string, bookedAt: Date, nowMs: number): ShipmentStatus {
  const ageMs = nowMs - bookedAt.getTime();
  const after = (hours: number) => new Date(bookedAt.getTime() + hours * HOUR_MS);
  if (ageMs >= 48 * HOUR_MS) return statusOf(reference, "delivered", "Handed to the recipient.", after(48));
  if (ageMs >= 4 * HOUR_MS) return statusOf(reference, "in_transit", "On its way from the sorting centre.", after(4));
  return statusOf(reference, "booked", "Waiting for the pick-up.", bookedAt);
}

const statusOf = (reference: string, status: ShipmentStatus["status"], text: string, at: Date): ShipmentStatus => ({
  reference,
  status,
  text,
  at: at.toISOString(),
});
