import type { Reconciliation } from "../result";
import type { Truth } from "./generate-books";

export interface ClassScore {
  status: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

export interface Score {
  classes: ClassScore[];
  /** The mean of F1 over the statuses that occur in the truth. */
  macroF1: number;
  /** The share of invoices whose payments are exactly the true ones. */
  linkAccuracy: number;
}

/** Compares a result with the truth, status by status. `unknown_transaction` is judged on the transactions. */
export function scoreResult(result: Reconciliation, truth: Truth): Score {
  const found = new Map(result.invoices.map((invoice) => [invoice.row, invoice]));
  const pairs: [string, string][] = truth.invoices.map(({ row, status }) => [status, found.get(row)?.status ?? "none"]);
  const statusOf = new Map(result.transactions.map(({ transaction_id, status }) => [transaction_id, status]));
  const unknown = (status = "none") => (status === "unknown_transaction" ? status : "known");
  const payments: [string, string][] = truth.transactions.map(({ transaction_id, status }) => [
    unknown(status),
    unknown(statusOf.get(transaction_id)),
  ]);
  const statuses = [...new Set(pairs.map(([status]) => status))].sort();
  const classes = statuses.map((status) => scoreClass(status, pairs));
  if (payments.some(([status]) => status === "unknown_transaction"))
    classes.push(scoreClass("unknown_transaction", payments));
  const linked = truth.invoices.filter(({ row, transaction_ids }) => {
    const ids = found.get(row)?.transaction_ids ?? [];
    return ids.length === transaction_ids.length && transaction_ids.every((id) => ids.includes(id));
  });
  return {
    classes,
    macroF1: classes.reduce((sum, { f1 }) => sum + f1, 0) / classes.length,
    linkAccuracy: linked.length / truth.invoices.length,
  };
}

function scoreClass(status: string, pairs: [string, string][]): ClassScore {
  const support = pairs.filter(([truth]) => truth === status).length;
  const claimed = pairs.filter(([, found]) => found === status).length;
  const right = pairs.filter(([truth, found]) => truth === status && found === status).length;
  const precision = claimed === 0 ? 0 : right / claimed;
  const recall = support === 0 ? 0 : right / support;
  return { status, precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall), support };
}
