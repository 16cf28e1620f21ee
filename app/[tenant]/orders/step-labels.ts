import type { OrderStepId } from "@/contract/orders";

export const stepLabels: Record<OrderStepId, string> = {
  INTAKE_ORDER: "Intake",
  CHECK_INVENTORY: "Check inventory",
  HUMAN_REVIEW: "Review missing goods",
  RESERVE_STOCK: "Reserve stock",
  PAYMENT_AUTH: "Payment",
  HUMAN_REVIEW_PAYMENT: "Review payment",
  CREATE_SHIPMENT: "Shipment",
  NOTIFY_CUSTOMER: "Notify customer",
  FINALIZE_ORDER: "Finalise",
};
