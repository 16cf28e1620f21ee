import { currencyExponent } from "@/contract/money";
import type { InvoiceStatus } from "../result";
import { manglePayee, mistypeOrderNumber, transposeDigits } from "./mangle";
import type { Random } from "./random";
import type { Style } from "./style";
import { drawSuppliers, type GeneratedSupplier } from "./suppliers";

export interface GeneratedLine {
  sku: string;
  description: string;
  qty: number;
  /** In minor units. */
  unitPrice: number;
}

export interface GeneratedOrder {
  number: string;
  supplier: GeneratedSupplier;
  day: number;
  currency: string;
  lines: GeneratedLine[];
  /** Missing from the file although invoices name it. */
  isAbsent: boolean;
}

export interface GeneratedInvoice {
  number: string;
  supplier: GeneratedSupplier;
  /** As the invoice spells it. */
  supplierText: string;
  day: number;
  dueDay: number;
  poText: string;
  order: GeneratedOrder;
  currency: string;
  total: number;
  tax: number;
  status: InvoiceStatus;
  original: GeneratedInvoice | null;
}

export interface Documents {
  orders: GeneratedOrder[];
  invoices: GeneratedInvoice[];
}

const DESCRIPTIONS = [
  "Bearing 6204",
  'Cable 3" shielded',
  "Panel, anodised",
  "Service hours",
  "Sensor\nwith bracket",
  "Gearbox; spare",
];
const FIRST_DAY = 20_089; // 2025-01-01
const SPAN_DAYS = 330;
const SUFFIXES = ["-A", "A", "-1", "/2", "-DUP", "B", " (copy)", "-R", "_2"];

/** Orders and invoices of one company, each invoice with the status it is to end up with. */
export function drawDocuments(random: Random, style: Style, count: number): Documents {
  const suppliers = drawSuppliers(random, style);
  const numbers = numberSeries(random, style);
  const orders: GeneratedOrder[] = [];
  const invoices: GeneratedInvoice[] = [];
  let recurring: { supplier: GeneratedSupplier; lines: GeneratedLine[]; left: number; day: number } | null = null;

  while (invoices.length < count) {
    if (!recurring && random.chance(style.recurringShare / 5)) {
      const supplier = random.pick(suppliers);
      recurring = {
        supplier,
        lines: drawLines(random, style, supplier.currency),
        left: random.integer(3, 8),
        day: drawDay(random),
      };
    }
    const supplier: GeneratedSupplier = recurring?.supplier ?? random.pick(suppliers);
    const day: number = recurring ? recurring.day : drawDay(random);
    const order: GeneratedOrder = {
      number: numbers.nextOrder(),
      supplier,
      day: day - random.integer(3, 50),
      currency: supplier.currency,
      lines: recurring?.lines ?? drawLines(random, style, supplier.currency),
      isAbsent: false,
    };
    if (recurring) {
      recurring.day += 30;
      recurring.left -= 1;
      if (recurring.left === 0) recurring = null;
    }
    orders.push(order);
    const status = random.weighted({ ...style.statuses, duplicate_invoice: 0 });
    const invoice = drawInvoice(random, style, order, day, numbers, status);
    invoices.push(invoice);
    if (invoices.length < count && random.chance(style.statuses.duplicate_invoice / 100)) {
      invoices.push(duplicateOf(random, invoice));
    }
  }
  // Orders that were never billed.
  for (let open = 0; open < count * 0.04; open += 1) {
    const supplier = random.pick(suppliers);
    const lines = drawLines(random, style, supplier.currency);
    orders.push({
      number: numbers.nextOrder(),
      supplier,
      day: drawDay(random),
      currency: supplier.currency,
      lines,
      isAbsent: false,
    });
  }
  return { orders, invoices: arrange(random, style, invoices) };
}

export function orderNet(order: GeneratedOrder): number {
  return order.lines.reduce((sum, line) => sum + line.qty * line.unitPrice, 0);
}

function drawInvoice(
  random: Random,
  style: Style,
  order: GeneratedOrder,
  day: number,
  numbers: NumberSeries,
  status: InvoiceStatus,
): GeneratedInvoice {
  const { supplier } = order;
  let net = orderNet(order);
  let currency = order.currency;
  let poText = order.number;
  if (status === "amount_mismatch") {
    const factor = random.chance(0.7) ? 1 + random.between(0.01, 0.25) : 1 - random.between(0.01, 0.25);
    net = Math.max(net + 10, Math.round(net * factor));
    if (factor < 1) net = Math.round(orderNet(order) * factor) - 5;
  } else if (status === "missing_po") {
    if (style.missingOrders === "removed") order.isAbsent = true;
    else {
      order.isAbsent = random.chance(0.5);
      poText =
        style.missingOrders === "far"
          ? numbers.farFrom(order.number)
          : `X${random.integer(100, 999)}/${random.integer(10, 99)}`;
    }
  } else if (status === "currency_mismatch" && random.chance(0.5)) {
    currency = random.pick(["EUR", "USD", "GBP"].filter((code) => code !== order.currency));
    if (currencyExponent(order.currency) !== 2 || random.chance(0.5))
      net = Math.round(net * random.between(0.7, 1.4)) + 500;
  } else if (random.chance(style.noise.rounding)) {
    net += random.pick([-1, 1]);
  }
  if (status !== "missing_po" && random.chance(style.noise.orderNumber)) {
    poText = random.chance(0.4) ? "" : mistypeOrderNumber(random, order.number);
  }
  const tax = Math.round(net * supplier.taxRate);
  return {
    number: numbers.nextInvoice(supplier),
    supplier,
    supplierText: random.chance(style.noise.invoiceSupplier) ? manglePayee(random, supplier.name) : supplier.name,
    day,
    dueDay: day + supplier.termDays,
    poText,
    order,
    currency,
    total: net + tax,
    tax,
    status,
    original: null,
  };
}

function duplicateOf(random: Random, original: GeneratedInvoice): GeneratedInvoice {
  const { number } = original;
  const forms = {
    equal: () => number,
    suffixed: () => number + random.pick(SUFFIXES),
    transposed: () => transposeDigits(random, number),
  };
  const form = random.weighted({ equal: 1, suffixed: 1, transposed: 1 });
  const written = form === "transposed" && !/(\d)(?!\1)\d/.test(number) ? forms.suffixed() : forms[form]();
  const later = random.pick([0, 0, 1, 3, 10, 30]);
  return {
    ...original,
    number: written,
    day: original.day + later,
    dueDay: original.dueDay + later,
    status: "duplicate_invoice",
    original,
  };
}

function arrange(random: Random, style: Style, invoices: GeneratedInvoice[]): GeneratedInvoice[] {
  const originals = invoices.filter(({ original }) => !original);
  const duplicates = invoices.filter(({ original }) => original);
  if (style.shuffled) random.shuffle(originals);
  if (style.duplicatesAt === "end") return [...originals, ...duplicates];
  if (style.duplicatesAt === "by_date") {
    // A stable sort leaves a duplicate of the same day behind its original.
    return [...originals, ...duplicates].sort((a, b) => a.day - b.day);
  }
  return originals.flatMap((invoice) => [invoice, ...duplicates.filter(({ original }) => original === invoice)]);
}

interface NumberSeries {
  nextOrder: () => string;
  nextInvoice: (supplier: GeneratedSupplier) => string;
  /** A number like the given one that is far from all orders'. */
  farFrom: (orderNumber: string) => string;
}

function numberSeries(random: Random, style: Style): NumberSeries {
  let order = random.integer(1_000, 40_000);
  let invoice = random.integer(1_000, 90_000);
  const used = new Set<string>();
  const unique = (draw: () => string): string => {
    for (;;) {
      const number = draw();
      if (!used.has(number)) {
        used.add(number);
        return number;
      }
    }
  };
  const nextOrder = () => {
    order += style.orderNumbers === "sparse" ? random.integer(3, 60) : 1;
    const forms = {
      dense: `PO-${order}`,
      sparse: `PO-${order}`,
      yearly: `PO-2025-${String(order).padStart(5, "0")}`,
      bare: `45${String(order).padStart(6, "0")}`,
    };
    return forms[style.orderNumbers];
  };
  const nextInvoice = (supplier: GeneratedSupplier) => {
    if (style.invoiceNumbers === "one_series") {
      invoice += 1;
      return `INV-${invoice}`;
    }
    return unique(() => {
      supplier.nextNumber += random.integer(1, 4);
      const running = style.invoiceNumbers === "random" ? random.integer(10_000, 999_999) : supplier.nextNumber;
      return supplier.numberForm.replace("#", String(running).padStart(supplier.numberWidth, "0"));
    });
  };
  // No series gets this far, so that not even a slip leads to an order.
  const farFrom = (number: string) =>
    number.replace(
      /\d+$/,
      (digits) => `${random.integer(80, 99)}${[...digits].map(() => random.integer(0, 9)).join("")}`,
    );
  return { nextOrder, nextInvoice, farFrom };
}

const PLANS = 97;
const LISTED_PRICES = [4.5, 9.9, 12, 25, 49, 75, 99.5, 120, 250, 400];

function drawLines(random: Random, style: Style, currency: string): GeneratedLine[] {
  const scale = 10 ** currencyExponent(currency) * (currency === "JPY" ? 100 : 1);
  if (style.prices === "plans") {
    const unitPrice = random.integer(1, PLANS) * 12 * scale;
    return [{ sku: "SKU-100-0", description: "Service hours", qty: 1, unitPrice }];
  }
  const price = {
    cents: () => random.between(2, 400),
    whole: () => random.integer(2, 400),
    listed: () => random.pick(LISTED_PRICES),
  }[style.prices];
  return Array.from({ length: random.integer(1, 5) }, (_, index) => ({
    sku: `SKU-${random.integer(100, 999)}-${index}`,
    description: random.pick(DESCRIPTIONS),
    qty: random.integer(1, 40),
    unitPrice: Math.max(1, Math.round(price() * scale)),
  }));
}

function drawDay(random: Random): number {
  return FIRST_DAY + random.integer(0, SPAN_DAYS);
}
