import { formatMoney } from "@/contract/money";

/** An amount of minor units with its currency; digits of one width, so that columns line up. */
export function Money({ minor, currency, className }: { minor: number; currency: string; className?: string }) {
  return (
    <span className={className ? `tabular-nums ${className}` : "tabular-nums"}>{formatMoney(minor, currency)}</span>
  );
}
