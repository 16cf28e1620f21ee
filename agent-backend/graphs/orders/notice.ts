import { formatMoney } from "@/contract/money";
import type { OrderState } from "@/contract/orders";

/** The letter that goes with an order, from what was decided about it. Deterministic: no model is needed to tell facts. */
export function draftNotice(state: OrderState): { subject: string; body: string } {
  const shipped = state.lines.filter(({ qty }) => qty > 0);
  const later = state.lines.filter(({ backOrderedQty }) => backOrderedQty > 0);
  const replaced = state.lines.filter(({ substituteFor, qty }) => substituteFor !== null && qty > 0);
  const paragraphs = [
    `Dear ${state.customer?.name ?? "customer"},`,
    shipped.length > 0
      ? `your order ${state.orderId} is on its way:\n${shipped.map((line) => `- ${line.qty} × ${line.name}`).join("\n")}`
      : `nothing of your order ${state.orderId} could be shipped yet.`,
    ...(replaced.length > 0
      ? [`We replaced:\n${replaced.map((line) => `- ${line.substituteFor} by ${line.sku}, ${line.name}`).join("\n")}`]
      : []),
    ...(later.length > 0
      ? [
          `This follows as soon as it is in stock:\n${later.map((line) => `- ${line.backOrderedQty} × ${line.name}`).join("\n")}`,
        ]
      : []),
    ...(state.shipment ? [`Follow the parcel: ${state.shipment.trackingUrl}`] : []),
    ...(state.payment ? [`Charged: ${formatMoney(state.payment.amountMinor, state.currency)}.`] : []),
    "Kind regards",
  ];
  const subject =
    shipped.length > 0 ? `Your order ${state.orderId} is on its way` : `Your order ${state.orderId} is delayed`;
  return { subject, body: paragraphs.join("\n\n") };
}
