import type { Invoice } from "../books";
import type { NameIndex } from "../names/name-index";
import { type Identifier, toIdentifier } from "../references/identifier";
import { relateNumbers } from "../references/number-relation";
import { type Repetition, relateRepeated } from "../references/repeated-number";
import type { Resolution } from "./resolve-orders";

export interface Duplicate {
  original: Invoice;
  how: Repetition;
}

const SAME_SUPPLIER = 0.65;

interface Entry {
  invoice: Invoice;
  number: Identifier;
  orderNumber: Identifier;
  resolution: Resolution | undefined;
}

/**
 * Invoices that bill something a second time: same supplier, order and total, and the number equal, with something
 * added at its end, or with two characters exchanged. Of such invoices the earliest dated is the original; on the same
 * day the one with the shorter number, and then the one further up in the file.
 */
export function findDuplicateInvoices(
  invoices: Invoice[],
  resolutions: Map<Invoice, Resolution>,
  names: NameIndex,
): Map<Invoice, Duplicate> {
  const groups = new Map<string, Invoice[]>();
  for (const invoice of invoices) {
    const key = `${invoice.currency} ${invoice.total}`;
    const group = groups.get(key);
    if (group) group.push(invoice);
    else groups.set(key, [invoice]);
  }
  const duplicates = new Map<Invoice, Duplicate>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const entries = group.map((invoice) => ({
      invoice,
      number: toIdentifier(invoice.invoiceNumber),
      orderNumber: toIdentifier(invoice.poNumber),
      resolution: resolutions.get(invoice),
    }));
    entries.sort(earliestFirst);
    entries.forEach((later, index) => {
      for (const earlier of entries.slice(0, index)) {
        const how = relateRepeated(earlier.number, later.number);
        if (!how || !isSameOrder(earlier, later)) continue;
        if (names.similarity(earlier.invoice.supplier, later.invoice.supplier) < SAME_SUPPLIER) continue;
        const original = duplicates.get(earlier.invoice)?.original ?? earlier.invoice;
        duplicates.set(later.invoice, { original, how });
        break;
      }
    });
  }
  return duplicates;
}

function earliestFirst(a: Entry, b: Entry): number {
  return (
    a.invoice.invoiceDay - b.invoice.invoiceDay ||
    a.number.folded.length - b.number.folded.length ||
    a.invoice.row - b.invoice.row
  );
}

function isSameOrder(a: Entry, b: Entry): boolean {
  const orderA = a.resolution?.order ?? null;
  const orderB = b.resolution?.order ?? null;
  if (orderA && orderA === orderB) return true;
  if (a.orderNumber.folded === "" || b.orderNumber.folded === "") return true;
  const relation = relateNumbers(a.orderNumber, b.orderNumber);
  // Two orders of the file can be one digit apart; only what is not in the file can be a slip of the other.
  return relation === "same" || (relation === "slip" && !(orderA && orderB));
}
