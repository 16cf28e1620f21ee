import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ORDER_STEPS, type OrderState, type OrderStep, type OrderStepId } from "@/contract/orders";
import { OrderStepper } from "./order-stepper";

const at = (second: number) => new Date(Date.UTC(2026, 10, 29, 9, 0, second)).toISOString();
const pending: OrderStep = {
  state: "pending",
  startedAt: null,
  endedAt: null,
  attempts: 0,
  note: "",
  decidedBy: null,
  entries: [],
};

/** The stepper's lines as somebody hears them, by step. */
function linesOf(
  changed: Partial<Record<OrderStepId, Partial<OrderStep>>>,
  question?: OrderStepId,
): Map<string, string> {
  const steps = Object.fromEntries(ORDER_STEPS.map((id) => [id, { ...pending, ...changed[id] }]));
  const state = { orderId: "ORD-1", currency: "EUR", steps, question: question ? { step: question } : null };
  const html = renderToStaticMarkup(
    <OrderStepper state={state as unknown as OrderState} decision={<button type="button">Pay by card</button>} />,
  );
  expect(html).toMatch(/^<ol aria-label="Steps"/);
  return new Map(
    [...html.matchAll(/<li[^>]* data-step="(\w+)".*?(?=<li[^>]* data-step=|<\/ol>)/g)].map(([line, id = ""]) => [
      id,
      line
        .replace(/<svg.*?<\/svg>/g, "")
        .replace(/<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    ]),
  );
}

test("a step says its state in a word, how long it took, and what came of it", () => {
  const lines = linesOf({
    INTAKE_ORDER: { state: "done", startedAt: at(0), endedAt: at(2), note: "ORD-1: 2 lines" },
    CREATE_SHIPMENT: { state: "compensated", startedAt: at(2), endedAt: at(3), note: "Cancelled with the carrier" },
  });
  expect(lines.get("INTAKE_ORDER")).toMatch(/^Intake done 2 lines 2(\.0)? s$/);
  expect(lines.get("CREATE_SHIPMENT")).toMatch(/undone Cancelled with the carrier/);
  expect(lines.get("FINALIZE_ORDER")).toMatch(/to come/);
});

test("a failed step opens by itself with its attempts and its entry in the books; the open question is in its own step", () => {
  const entry = {
    system: "payment",
    operation: "authorize",
    key: "thr_1:PAYMENT_AUTH:1",
    outcome: "declined" as const,
    reference: "led_1",
    text: "Insufficient funds.",
    amountMinor: 1_250,
    at: at(4),
  };
  const lines = linesOf(
    {
      PAYMENT_AUTH: { state: "failed", attempts: 2, note: "Insufficient funds.", entries: [entry] },
      HUMAN_REVIEW_PAYMENT: { state: "waiting", note: "ORD-1: payment failed" },
      RESERVE_STOCK: { state: "done", entries: [{ ...entry, system: "stock", reference: "led_0" }] },
    },
    "HUMAN_REVIEW_PAYMENT",
  );
  const payment = lines.get("PAYMENT_AUTH") ?? "";
  for (const told of [
    "failed",
    "2 attempts",
    "payment: authorize",
    "Declined. Insufficient funds.",
    "12.50 EUR",
    "led_1",
  ])
    expect(payment).toContain(told);
  expect(lines.get("RESERVE_STOCK")).not.toContain("led_0");
  expect(lines.get("HUMAN_REVIEW_PAYMENT")).toContain("waiting for a decision");
  const asking = [...lines].filter(([, line]) => line.includes("Pay by card")).map(([id]) => id);
  expect(asking).toEqual(["HUMAN_REVIEW_PAYMENT"]);
});

test("a step that failed says who decided about it, and a review that nobody needed is not shown", () => {
  const lines = linesOf({
    PAYMENT_AUTH: { state: "failed", decidedBy: "ada@acme.test" },
    HUMAN_REVIEW: { state: "skipped" },
  });
  expect(lines.get("PAYMENT_AUTH")).toContain("Decided by ada@acme.test");
  expect([...lines.keys()]).toEqual(ORDER_STEPS.filter((id) => !id.startsWith("HUMAN_REVIEW")));
});
