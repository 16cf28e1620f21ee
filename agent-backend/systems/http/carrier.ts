import { z } from "zod";
import type { CarrierPort } from "../carrier";
import { askOutside } from "./request";

const shipmentSchema = z.object({ reference: z.string(), trackingUrl: z.string() });
const cancelledSchema = z.object({ reference: z.string() });
const statusSchema = z.object({
  reference: z.string(),
  status: z.enum(["booked", "in_transit", "delivered", "cancelled"]),
  text: z.string(),
  at: z.string(),
});

/** A carrier over REST: `POST /shipments`, `GET /shipments?key=`, `GET /shipments/:reference`, `POST /shipments/:reference/cancel`. */
export function httpCarrier(baseUrl: string, bearer?: string): CarrierPort {
  const ask = { system: "carrier", baseUrl, bearer };
  return {
    book: async (key, request) =>
      shipmentSchema.parse(await askOutside({ ...ask, method: "POST", path: "/shipments", key, body: request })),
    cancel: async (key, reference) => {
      const path = `/shipments/${encodeURIComponent(reference)}/cancel`;
      return cancelledSchema.parse(await askOutside({ ...ask, method: "POST", path, key, body: {} }));
    },
    find: async (key) => {
      const path = `/shipments?key=${encodeURIComponent(key)}`;
      return shipmentSchema.nullable().parse(await askOutside({ ...ask, method: "GET", path }));
    },
    status: async (reference) => {
      const path = `/shipments/${encodeURIComponent(reference)}`;
      return statusSchema.nullable().parse(await askOutside({ ...ask, method: "GET", path }));
    },
  };
}
