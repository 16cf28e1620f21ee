/** An amount of minor units with its currency; digits of one width, so that columns line up. */
export function Money({ minor, currency, className }: { minor: number; currency: string; className?: string }) {
  return (
    <span className={className ? `tabular-nums ${className}` : "tabular-nums"}>{formatMoney(minor, currency)}</span>
  );
}

export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currency || "EUR" });
  // Not every currency has two digits after the point.
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
