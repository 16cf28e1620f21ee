// What each agent makes of what people write, on real rows: what is begun, what is looked up, and what is only told.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { demoBooks, invoiceDriver } from "@/test/invoice-backend";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import { invoiceAgent } from "./invoices/definition";
import { orderAgent } from "./orders/definition";

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend();
});

afterAll(() => backend.close());

const work = () => backend.executor.work(backend.ada.tenantId);

describe("orders", () => {
  const understand = async (message: string) => {
    const intent = await orderAgent.understand(work(), message, {});
    return intent.kind === "start"
      ? `start ${intent.subject}`
      : intent.kind === "act"
        ? `${intent.action} ${JSON.stringify(intent.input)}`
        : intent.text;
  };

  beforeAll(async () => {
    const { ada } = backend;
    const lines = (sku: string) => [{ sku, qty: 1, stock: 5 }];
    await backend.plant(ada, { id: "ORD-1042", lines: lines("W1") });
    await backend.plant(ada, { id: "ORD-1043", lines: lines("W5") });
    await backend.plant(ada, { id: "ORD-55", lines: lines("W6") });
    await backend.plant(ada, { id: "SO/55", lines: lines("W7") });
    await backend.plant(ada, { id: "10248", lines: lines("W2") });
    await backend.plant(ada, { id: "ORD-7", lines: lines("W3"), methods: ["card_declined"] });
    await backend.plant(ada, { id: "ORD-8", lines: lines("W4") });
    for (const orderId of ["ORD-7", "ORD-8"]) {
      const threadId = newId("thr");
      await backend.run(ada, { threadId, forwardedProps: { orderId } });
    }
  });

  test.each([
    ["fulfil ORD-1042", "start ORD-1042"],
    ["Please fulfill order ord-1042.", "start ORD-1042"],
    ["Could you start 10248 in 2 parcels?", "start 10248"],
    ["go ahead and ship ORD-1042", "start ORD-1042"],
    ["fulfil ORD-99999", "There is no order ORD-99999."],
    ["do not fulfil ORD-1042", "**ORD-1042** has not been started."],
    ["When will ORD-1042 ship?", "**ORD-1042** has not been started."],
    ["fulfil it", "Say “fulfil” and an order's number"],
    ["can you start order 1042?", "start ORD-1042"],
    ["Please fulfil ord1042", "start ORD-1042"],
    ["go ahead with ORD-1042 and 1043", 'fulfil_orders {"orderIds":["ORD-1042","ORD-1043"]}'],
    ["fulfil ORD-1042 and ORD-99999", "There is no order ORD-99999. Nothing was changed."],
    ["fulfil 55", "55 may be ORD-55 or SO/55. Say the whole number."],
    ["how do I fulfil an order?", "Say “fulfil” and an order's number"],
    ["should I start ORD-1042?", "**ORD-1042** has not been started. To begin it, say “fulfil ORD-1042”."],
  ])("“%s” is an order to begin, or is not: %s", async (message, expected) => {
    expect(await understand(message)).toContain(expected);
  });

  test.each([
    ["Hi, cancel ORD-7 please", 'cancel_order {"orderId":"ORD-7"}'],
    ["Cancel order 7, the customer changed her mind.", 'cancel_order {"orderId":"ORD-7"}'],
    ["cancel ORD-7 and ORD-8", "Orders are cancelled one at a time from here: say “cancel ORD-7”"],
    ["cancel ORD-99999", "There is no order ORD-99999."],
    ["cancel it", "Say “cancel” and an order's number"],
    ["don't cancel ORD-7", "To cancel it and undo what was done, say “cancel ORD-7”."],
    ["should I cancel ORD-7?", "To cancel it and undo what was done, say “cancel ORD-7”."],
    ["cancel the delivery of ORD-8", "To cancel it and undo what was done, say “cancel ORD-8”."],
    ["what happens if I cancel?", "What was done for the order is undone"],
  ])("“%s” is a wish to cancel, or is not: %s", async (message, expected) => {
    expect(await understand(message)).toContain(expected);
  });

  test.each([
    ["What is stuck?", "2 orders need somebody:"],
    ["show me what's stuck", "2 orders need somebody:"],
    ["is anything waiting for me?", "2 orders need somebody:"],
    ["any problems?", "2 orders need somebody:"],
    ["what do I have to decide?", "2 orders need somebody:"],
    ["show me the declined orders", "2 orders need somebody:"],
    ["why did ORD-7's payment fail?", "insufficient funds"],
    ["what about order 7", "**ORD-7** waits for a decision. Payment by"],
    ["which orders need attention", "**ORD-7** waits for a decision"],
    ["Why was it declined?", "waits for a decision"],
    ["why was ORD-7 declined?", "insufficient funds"],
    ["What happened to ORD-8?", "**ORD-8** waits for a decision"],
    ["Do you have products like W3?", "search_products"],
    ["search the catalogue for W3", "search_products"],
    ["which products are there?", "Which product?"],
    ["Where is the shipment of ORD-8?", "get_shipment_status"],
    ["track ORD-1042", "**ORD-1042** has not been started."],
    ["hello", "I fulfil orders and tell where they stand."],
  ])("“%s” is answered: %s", async (message, expected) => {
    expect(await understand(message)).toContain(expected);
  });
});

describe("invoices", () => {
  const understand = async (message: string) => {
    const intent = await invoiceAgent.understand(work(), message, {});
    if (intent.kind === "act") return `${intent.action} ${JSON.stringify(intent.input)}`;
    return intent.kind === "start" ? `start ${intent.subject}` : intent.text;
  };
  let drive: ReturnType<typeof invoiceDriver>;

  test("before there are any books, every question is answered with what is missing", async () => {
    for (const message of ["Reconcile the newest books", "What does not fit?", "hello"])
      expect(await understand(message)).toMatch(/^There are no books to reconcile yet\./);
  });

  test("a new set is begun when that is asked for, and not when something else is", async () => {
    drive = invoiceDriver(backend);
    const { batchId } = await drive.upload(backend.ada, await demoBooks());
    for (const message of [
      "Reconcile the newest books",
      "please match the invoices",
      "OK, go",
      "start the reconciliation",
      "Hi, reconcile the invoices please",
      "Could you reconcile the newest books?",
      "go ahead and match the invoices",
      "let’s reconcile",
      "I'd like to reconcile the invoices",
    ])
      expect(await understand(message), message).toBe(`start ${batchId}`);
    for (const message of [
      "What does not match?",
      "do not reconcile anything",
      "Why should I reconcile?",
      "is it reconciled?",
      "should I reconcile?",
      "what happens if I reconcile?",
      "how do I reconcile the invoices?",
      "reconcile the invoices when the bank has sent the rest",
      "don’t reconcile yet",
      "reconcile?",
    ])
      expect(await understand(message), message).toContain("**Books** has not been reconciled.");
  });

  test("a set that was looked at is told in numbers, its odd invoices one by one, and each by its number", async () => {
    const { batchId } = await drive.upload(backend.ada, await demoBooks());
    await drive.begin(backend.ada, batchId);
    const results = await drive.results(batchId);
    const numberOf = (status: string) =>
      results.find((one) => one.status === status && results.filter(({ number }) => number === one.number).length === 1)
        ?.number ?? "";
    const [unpaid, matched] = [numberOf("unpaid"), numberOf("matched")];
    expect(await understand("Reconcile the newest books")).toMatch(/waits for a decision.*By status: \d+ matched/);
    for (const message of [
      "What does not fit?",
      "what is unmatched?",
      "which invoices are missing a purchase order?",
      "show me what's open",
      "is anything waiting for me?",
      "any problems?",
      "what is left?",
    ])
      expect(await understand(message), message).toMatch(/\d+ invoices of \*\*Books\*\* need a look:\n- \*\*/);
    expect(await understand(`Why is ${unpaid.toLowerCase()} unpaid?`)).toMatch(`**${unpaid}**`);
    expect(await understand(`what about ${unpaid}`)).toContain("is unpaid:");
    expect(await understand(`is ${matched} marked as reconciled?`)).toContain("is matched:");
    expect(await understand("why is XX-000 unpaid?")).toBe(
      "There is no invoice XX-000 in the sets that were reconciled.",
    );
    expect(await understand(`mark ${matched.toLowerCase()} as reconciled`)).toBe(
      `mark_invoice_reconciled ${JSON.stringify({ invoice: matched.toUpperCase() })}`,
    );
    for (const message of [`Hi, mark ${matched} please`, `go ahead and mark ${matched} as reconciled`])
      expect(await understand(message), message).toContain("mark_invoice_reconciled");
    for (const message of [
      `should I mark ${matched}?`,
      `don’t mark ${matched}`,
      `mark ${matched} if it is paid`,
      `unmark ${matched}`,
      `what happens if I mark ${matched}?`,
    ])
      expect(await understand(message), message).toContain(`**${matched}**`);
    expect(await understand("how are you")).toContain("Say “reconcile the invoices”");
  });
});
