/** A payment method as people read it: `invoice_30_days` is "invoice 30 days". */
export function methodName(method: string): string {
  return method.replaceAll("_", " ");
}
