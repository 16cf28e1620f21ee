import { INVOICE_STATUSES, type InvoiceStatus } from "@/contract/invoices";
import { INVOICE_SHOWS, INVOICE_SORTS, type InvoiceFilter, type InvoiceSort } from "@/lib/invoices/invoice-filter";

export const VIEWS = ["invoices", "payments", "letters", "files"] as const;
export type View = (typeof VIEWS)[number];

/** What the address says about the page: which set, which list and filter, and what is open beside it. */
export interface InvoiceView extends InvoiceFilter {
  batch: string | null;
  view: View;
  sort: InvoiceSort;
  descending: boolean;
  /** The row of the invoice in the pane. */
  invoice: number | null;
  letter: string | null;
  /** The question to decide is open in the pane. */
  review: boolean;
}

const Q_MAX = 200;

/** Reads an address. What it does not know is as if it were not there: somebody may have typed it. */
export function parseView(params: URLSearchParams): InvoiceView {
  const invoice = Number(params.get("invoice"));
  return {
    batch: params.get("batch"),
    view: oneOf(VIEWS, params.get("view")) ?? "invoices",
    statuses: (params.get("status") ?? "").split(",").filter(isStatus),
    show: oneOf(INVOICE_SHOWS, params.get("show")) ?? "all",
    q: (params.get("q") ?? "").slice(0, Q_MAX),
    sort: oneOf(INVOICE_SORTS, params.get("sort")) ?? "row",
    descending: params.get("order") === "desc",
    invoice: Number.isSafeInteger(invoice) && invoice > 0 ? invoice : null,
    letter: params.get("letter"),
    review: params.get("review") === "1",
  };
}

/** Whether something is open beside the lists, which takes the screen on a phone. A question that nobody asks any more is not. */
export function isPaneOpen({ invoice, letter, review }: InvoiceView, asked: boolean): boolean {
  return invoice !== null || letter !== null || (review && asked);
}

/** The address of a view; what is as usual is left out. */
export function viewParams(view: InvoiceView): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | null, usual = "") => {
    if (value !== null && value !== usual) params.set(name, value);
  };
  set("batch", view.batch);
  set("view", view.view, "invoices");
  set("status", view.statuses.join(","));
  set("show", view.show, "all");
  set("q", view.q);
  set("sort", view.sort, "row");
  set("order", view.descending ? "desc" : null);
  set("invoice", view.invoice === null ? null : String(view.invoice));
  set("letter", view.letter);
  set("review", view.review ? "1" : null);
  return params;
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((one) => one === value);
}

function isStatus(value: string): value is InvoiceStatus {
  return (INVOICE_STATUSES as readonly string[]).includes(value);
}
