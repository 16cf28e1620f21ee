import type { TenantWork } from "../../tenant-work";
import type { MailPort } from "../mail";
import { bookOnce, findBooking } from "./ledger";

/** Mail that goes no further than the ledger, where it can be read. */
export function sandboxMail(work: TenantWork, tenantId: string): MailPort {
  return {
    send: (key, mail) =>
      bookOnce(
        work,
        tenantId,
        { system: "mail", operation: "send", key, request: { ...mail } },
        async (_tx, reference) => ({ reference }),
      ),
    find: (key) => work((tx) => findBooking<{ reference: string }>(tx, "mail", key)),
  };
}
