import type { OrderLine, OrderPolicy } from "@/contract/orders";

/** The lines of which less is there than should be shipped. Lines of one product share what there is of it. */
export function shortLines(lines: readonly OrderLine[]): OrderLine[] {
  const left = new Map(lines.map(({ sku, available }) => [sku, available]));
  return lines.filter(({ sku, qty }) => {
    const there = left.get(sku) ?? 0;
    if (there < qty) return true;
    left.set(sku, there - qty);
    return false;
  });
}

export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { qty, unitPriceMinor }) => sum + qty * unitPriceMinor, 0);
}

/** What the policy does about missing goods when nobody is asked. Null: the order is rejected. */
export function resolveByPolicy(lines: readonly OrderLine[], policy: OrderPolicy): OrderLine[] | null {
  const short = new Set(shortLines(lines).map(({ lineNo }) => lineNo));
  const backOrder = policy.shortage === "back-order";
  if (policy.shipping === "whole") {
    if (!backOrder) return null;
    return lines.map((line) => ({ ...line, qty: 0, backOrderedQty: line.backOrderedQty + line.qty }));
  }
  // What is wholly there ships first; the short lines share what that leaves.
  const left = new Map(lines.map(({ sku, available }) => [sku, available]));
  const take = (sku: string, qty: number) => {
    const there = Math.min(qty, left.get(sku) ?? 0);
    left.set(sku, (left.get(sku) ?? 0) - there);
    return there;
  };
  for (const { lineNo, sku, qty } of lines) if (!short.has(lineNo)) take(sku, qty);
  const resolved = lines.map((line) => {
    if (!short.has(line.lineNo)) return line;
    const there = take(line.sku, line.qty);
    return { ...line, qty: there, backOrderedQty: line.backOrderedQty + (backOrder ? line.qty - there : 0) };
  });
  const ships = resolved.some(({ qty, backOrderedQty }) => qty > 0 || backOrderedQty > 0);
  return ships ? resolved : null;
}
