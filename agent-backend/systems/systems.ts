// The world outside, behind ports. Each has a sandbox that behaves like the real thing, and a real one that the environment selects.
import type { Env } from "../env";
import type { TenantWork } from "../tenant-work";
import type { CarrierPort } from "./carrier";
import type { CatalogPort } from "./catalog";
import { httpCarrier } from "./http/carrier";
import { httpCatalog } from "./http/catalog";
import { httpPayment } from "./http/payment";
import type { MailPort } from "./mail";
import type { PaymentPort } from "./payment";
import { sandboxCarrier } from "./sandbox/carrier";
import { sandboxCatalog } from "./sandbox/catalog";
import { sandboxMail } from "./sandbox/mail";
import { sandboxPayment } from "./sandbox/payment";
import { sandboxStock } from "./sandbox/stock";
import { smtpMail } from "./smtp/mail";
import type { StockPort } from "./stock";

export interface Systems {
  stock: StockPort;
  payment: PaymentPort;
  carrier: CarrierPort;
  mail: MailPort;
  catalog: CatalogPort;
}

/** Makes the systems of one tenant. */
export type SystemsOf = (tenantId: string, work: TenantWork) => Systems;

export function systemsFrom(env: Env): SystemsOf {
  const mail = env.SMTP_URL ? smtpMail(env.SMTP_URL, env.SMTP_FROM) : undefined;
  const { PAYMENT_API_URL, PAYMENT_API_KEY, SHIPPING_API_URL, SHIPPING_API_KEY, CATALOG_API_URL, CATALOG_API_KEY } =
    env;
  return (tenantId, work) => ({
    stock: sandboxStock(work, tenantId),
    payment: PAYMENT_API_URL ? httpPayment(PAYMENT_API_URL, PAYMENT_API_KEY) : sandboxPayment(work, tenantId),
    carrier: SHIPPING_API_URL ? httpCarrier(SHIPPING_API_URL, SHIPPING_API_KEY) : sandboxCarrier(work, tenantId),
    mail: mail ?? sandboxMail(work, tenantId),
    catalog: CATALOG_API_URL ? httpCatalog(CATALOG_API_URL, CATALOG_API_KEY) : sandboxCatalog(work),
  });
}
