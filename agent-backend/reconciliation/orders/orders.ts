import type { Decimal, EpochDay, Invoice, MinorUnits, OrderLine, RefusedRow } from "../books";
import { addDecimals, multiplyDecimals, roundingTolerance, roundToMinorUnits } from "../money";
import { type Identifier, toIdentifier } from "../references/identifier";

/** A purchase order: its lines summed. */
export interface Order {
  poNumber: string;
  identifier: Identifier;
  supplier: string;
  poDay: EpochDay;
  currency: string;
  /** The sum of quantity times unit price; null when a line could not be read, or the sum is no exact number. */
  net: MinorUnits | null;
  /** The file's lines that belong to the order. */
  rows: number[];
}

/** Groups order lines by their number, in the order of the file. */
export function buildOrders(lines: OrderLine[], refused: RefusedRow[]): Order[] {
  const incomplete = new Set(refused.map((row) => orderKey(row.poNumber ?? "")));
  const groups = new Map<string, OrderLine[]>();
  for (const line of [...lines].sort((a, b) => a.row - b.row)) {
    const key = orderKey(line.poNumber);
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups].map(([key, group]) => {
    const first = group[0] as OrderLine;
    const sum = group.reduce<Decimal>((total, line) => addDecimals(total, multiplyDecimals(line.qty, line.unitPrice)), {
      units: 0n,
      scale: 0,
    });
    return {
      poNumber: first.poNumber,
      identifier: toIdentifier(first.poNumber),
      supplier: first.supplier,
      poDay: first.poDay,
      currency: first.currency,
      net: incomplete.has(key) ? null : roundToMinorUnits(sum, first.currency),
      rows: group.map((line) => line.row),
    };
  });
}

export function invoiceNet(invoice: Invoice): MinorUnits {
  return invoice.total - invoice.tax;
}

/** Whether the invoice bills what was ordered. */
export function netMatches(invoice: Invoice, { currency, net, rows }: Order): boolean {
  return netFits(invoiceNet(invoice), { currency, net, lines: rows.length });
}

/** Whether a net amount is what an order comes to, give or take two cents and half a cent of rounding a line. */
export function netFits(
  billed: MinorUnits,
  { currency, net, lines }: { currency: string; net: MinorUnits | null; lines: number },
): boolean {
  return net !== null && Math.abs(billed - net) <= roundingTolerance(currency) + Math.floor(lines / 2);
}

function orderKey(poNumber: string): string {
  return poNumber.trim().toUpperCase();
}
