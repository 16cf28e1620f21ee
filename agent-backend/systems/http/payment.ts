import { z } from "zod";
import type { PaymentPort } from "../payment";
import { askOutside } from "./request";

const resultSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("authorized"), reference: z.string() }),
  z.object({ status: z.literal("declined"), reference: z.string(), reason: z.string() }),
]);
const voidedSchema = z.object({ reference: z.string() });

/** A payment provider over REST: `POST /authorizations`, `GET /authorizations?key=`, `POST /authorizations/:reference/void`. */
export function httpPayment(baseUrl: string, bearer?: string): PaymentPort {
  const ask = { system: "payment", baseUrl, bearer };
  return {
    authorize: async (key, request) =>
      resultSchema.parse(await askOutside({ ...ask, method: "POST", path: "/authorizations", key, body: request })),
    void: async (key, reference) => {
      const path = `/authorizations/${encodeURIComponent(reference)}/void`;
      return voidedSchema.parse(await askOutside({ ...ask, method: "POST", path, key, body: {} }));
    },
    find: async (key) => {
      const path = `/authorizations?key=${encodeURIComponent(key)}`;
      return resultSchema.nullable().parse(await askOutside({ ...ask, method: "GET", path }));
    },
  };
}
