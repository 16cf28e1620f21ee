import { currencyExponent } from "@/contract/money";
import type { TransactionStatus } from "../result";
import type { GeneratedInvoice } from "./documents";
import { manglePayee, mangleReference } from "./mangle";
import type { Random } from "./random";
import type { Style } from "./style";

export interface GeneratedTransaction {
  id: string;
  day: number;
  /** In minor units, negative when outgoing. */
  amount: number;
  currency: string;
  counterparty: string;
  reference: string;
  status: TransactionStatus;
  invoices: GeneratedInvoice[];
}

const RATES: Record<string, number> = { EUR: 1, USD: 1.09, GBP: 0.85, CHF: 0.95, SEK: 11.4, JPY: 161, KWD: 0.33 };
const OTHERS: [string, string, "out" | "in"][] = [
  ["Payroll", "SALARY {month} 2025", "out"],
  ["Finanzamt Musterstadt", "USt {month}/2025 St.Nr. 27/4583/0{n}", "out"],
  ["HMRC", "PAYE {n}", "out"],
  ["Card Services", "CARD SETTLEMENT {n}", "out"],
  ["Own bank", "Account fee {month}", "out"],
  ["City Properties", "Rent {month} 2025", "out"],
  ["Telco Mobile", "Contract {n}", "out"],
  ["Jane Walker", "Expenses {month}", "out"],
  ["Customer Retail Group", "Your order {n}", "in"],
  ["Stripe Payouts", "PAYOUT {n}", "in"],
];

/** The bank's side: payments that make each invoice's status true, and transactions that have nothing to do with any. */
export function drawBank(random: Random, style: Style, invoices: GeneratedInvoice[]): GeneratedTransaction[] {
  const transactions: GeneratedTransaction[] = [];
  const batched = drawBatches(random, style, invoices, transactions);
  for (const invoice of invoices) {
    if (!batched.has(invoice)) transactions.push(...paymentsFor(random, style, invoice));
  }
  const unknown = Math.round(invoices.length * style.noise.unknownTransactions);
  for (let drawn = 0; drawn < unknown; drawn += 1) transactions.push(drawUnknown(random, style));
  for (const invoice of invoices) {
    if (random.chance(style.noise.unknownToSuppliers)) transactions.push(drawUnbilled(random, style, invoice));
  }
  transactions.sort((a, b) => a.day - b.day);
  if (style.shuffled) random.shuffle(transactions);
  const first = random.integer(1, 80_000);
  transactions.forEach((transaction, index) => {
    transaction.id = `TX${String(first + index).padStart(7, "0")}`;
  });
  return transactions;
}

function paymentsFor(random: Random, style: Style, invoice: GeneratedInvoice): GeneratedTransaction[] {
  const { total, status } = invoice;
  const pay = (amount: number, day = payDay(random, style, invoice), part = "") =>
    payment(random, style, [invoice], amount, day, part);
  const foreign = status === "currency_mismatch" && invoice.currency === invoice.order.currency;
  switch (status) {
    case "duplicate_invoice":
    case "unpaid":
      return [];
    case "matched":
      return [pay(withNoise(random, style, total))];
    case "missing_po":
    case "amount_mismatch":
      if (!random.chance(0.75)) return [];
      return random.chance(0.85)
        ? [pay(withNoise(random, style, total))]
        : [pay(Math.round(total * random.between(0.3, 0.8)))];
    case "currency_mismatch":
      if (foreign) return [inOtherCurrency(random, pay(total))];
      return random.chance(0.7) ? [pay(total)] : [];
    case "partial_payment": {
      const share = random.chance(0.5) ? random.pick([0.25, 0.3, 0.5, 0.75, 0.8]) : random.between(0.2, 0.95);
      if (random.chance(0.15)) {
        const day = payDay(random, style, invoice);
        return [pay(Math.round(total * 0.3), day, "1"), pay(Math.round(total * 0.3), day + 14, "2")];
      }
      return [pay(Math.round(total * share))];
    }
    case "overpayment": {
      const excess = random.chance(0.5) ? Math.round(total * random.between(0.005, 0.4)) : random.integer(50, 20_000);
      return [pay(total + Math.max(10, excess))];
    }
    case "duplicate_payment": {
      const first = pay(total);
      return [first, pay(total, first.day + random.integer(0, 30))];
    }
    case "split_payment": {
      const parts = random.integer(2, 4);
      const cuts = Array.from({ length: parts - 1 }, () => random.between(0.1, 0.9)).sort((a, b) => a - b);
      const shares = [...cuts, 1].map(
        (cut, index) => Math.round(total * cut) - Math.round(total * (cuts[index - 1] ?? 0)),
      );
      let day = payDay(random, style, invoice) - 10;
      return shares
        .filter((share) => share > 0)
        .map((share, index) => {
          day += random.integer(0, 15);
          return pay(share, day, `${index + 1}/${parts}`);
        });
    }
  }
}

function drawBatches(
  random: Random,
  style: Style,
  invoices: GeneratedInvoice[],
  transactions: GeneratedTransaction[],
): Set<GeneratedInvoice> {
  const batched = new Set<GeneratedInvoice>();
  const bySupplier = new Map<unknown, GeneratedInvoice[]>();
  for (const invoice of invoices) {
    if (invoice.status !== "matched") continue;
    bySupplier.set(invoice.supplier, [...(bySupplier.get(invoice.supplier) ?? []), invoice]);
  }
  for (const group of bySupplier.values()) {
    group.sort((a, b) => a.dueDay - b.dueDay);
    for (let from = 0; from < group.length; from += 1) {
      if (!random.chance(style.noise.batched / 3)) continue;
      const batch = group
        .slice(from, from + random.integer(2, 6))
        .filter(({ currency }) => currency === group[from]?.currency);
      if (batch.length < 2) continue;
      from += batch.length;
      const total = batch.reduce((sum, invoice) => sum + invoice.total, 0);
      const last = batch.at(-1) as GeneratedInvoice;
      transactions.push(payment(random, style, batch, total, payDay(random, style, last), ""));
      for (const invoice of batch) batched.add(invoice);
    }
  }
  return batched;
}

function payment(
  random: Random,
  style: Style,
  invoices: GeneratedInvoice[],
  amount: number,
  day: number,
  part: string,
): GeneratedTransaction {
  const [first] = invoices as [GeneratedInvoice];
  const { supplier } = first;
  return {
    id: "",
    day,
    amount: -amount,
    currency: first.currency,
    counterparty: random.chance(style.noise.payee) ? manglePayee(random, supplier.name) : supplier.name,
    reference: drawReference(random, style, invoices, part),
    status: first.status,
    invoices,
  };
}

function drawReference(random: Random, style: Style, invoices: GeneratedInvoice[], part: string): string {
  if (random.chance(style.noise.referenceMissing))
    return random.pick([
      "",
      "",
      "Payment",
      "SEPA transfer",
      "Thank you",
      `E2E${random.integer(100_000_000, 999_999_999)}`,
    ]);
  const numbers = invoices.map(({ number }) =>
    random.chance(style.noise.referenceMangled) ? mangleReference(random, number) : number,
  );
  const joined = numbers.join(random.pick([", ", " ", "+", " / "]));
  const text = random.pick([
    "{n}",
    "{n}",
    "Invoice {n}",
    "Rechnung {n} vom 03.04.",
    "Inv. {n} {po}",
    "RF {n} cust 48213",
    "Pmt {n}",
  ]);
  const reference = text
    .replace("{n}", joined)
    .replace("{po}", random.chance(0.5) ? (invoices[0]?.order.number ?? "") : "");
  return `${reference}${part ? random.pick([` part ${part}`, ` ${part}`, ""]) : ""}`
    .slice(0, random.pick([35, 70, 140]))
    .trim();
}

function payDay(random: Random, style: Style, invoice: GeneratedInvoice): number {
  if (random.chance(style.noise.early)) return invoice.day - random.integer(1, 25);
  return Math.max(
    invoice.day,
    invoice.dueDay + random.integer(-12, 12) + (random.chance(0.1) ? random.integer(5, 50) : 0),
  );
}

function withNoise(random: Random, style: Style, total: number): number {
  if (random.chance(style.noise.fee)) return total - Math.max(3, Math.floor(total * random.between(0.001, 0.0195)));
  return random.chance(style.noise.rounding) ? total + random.pick([-2, -1, 1, 2]) : total;
}

function inOtherCurrency(random: Random, transaction: GeneratedTransaction): GeneratedTransaction {
  const currency = random.pick(["EUR", "USD", "GBP"].filter((code) => code !== transaction.currency));
  const major = transaction.amount / 10 ** currencyExponent(transaction.currency);
  const rate = random.chance(0.3)
    ? 1
    : ((RATES[currency] ?? 1) / (RATES[transaction.currency] ?? 1)) * random.between(0.98, 1.02);
  return { ...transaction, currency, amount: Math.round(major * rate * 10 ** currencyExponent(currency)) };
}

function drawUnknown(random: Random, style: Style): GeneratedTransaction {
  const [counterparty, reference, direction] = random.pick(OTHERS);
  const amount = Math.round(Math.exp(random.between(2, 9.5)) * 100);
  return {
    id: "",
    day: 20_089 + random.integer(0, 380),
    amount: direction === "out" ? -amount : amount,
    currency: style.currency,
    counterparty,
    reference: reference
      .replace("{month}", String(random.integer(1, 12)).padStart(2, "0"))
      .replace("{n}", String(random.integer(1_000, 99_999))),
    status: "unknown_transaction",
    invoices: [],
  };
}

/** A supplier is paid, or pays back, something that is not in the books. */
function drawUnbilled(random: Random, style: Style, { supplier, day }: GeneratedInvoice): GeneratedTransaction {
  const outgoing = random.chance(0.7);
  const amount = Math.round(Math.exp(random.between(3, 8)) * 10 ** currencyExponent(supplier.currency));
  return {
    id: "",
    day: day + random.integer(-20, 60),
    amount: outgoing ? -amount : amount,
    currency: supplier.currency,
    counterparty: random.chance(style.noise.payee) ? manglePayee(random, supplier.name) : supplier.name,
    reference: outgoing ? random.pick(["Deposit", `Offer ${random.integer(1_000, 9_999)}`, "Repair", ""]) : "Refund",
    status: "unknown_transaction",
    invoices: [],
  };
}
