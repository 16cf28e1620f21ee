import {
  ArrowRightLeft,
  Check,
  CopyX,
  FileQuestion,
  type LucideIcon,
  PieChart,
  Plus,
  Repeat,
  Scale,
  Split,
  TriangleAlert,
} from "lucide-react";
import type { ComponentProps } from "react";
import type { Badge } from "@/components/ui/badge";
import type { TransactionStatus } from "@/contract/invoices";

interface StatusLook {
  label: string;
  icon: LucideIcon;
  tone: ComponentProps<typeof Badge>["tone"];
  /** What it means, for whoever meets the word for the first time. */
  meaning: string;
}

/** Every status in word, icon and colour, in the order of the strip: what is fine, what needs a look, what is wrong. */
export const statusLooks: Record<TransactionStatus, StatusLook> = {
  matched: { label: "Matched", icon: Check, tone: "ok", meaning: "Ordered, billed and paid alike." },
  split_payment: { label: "Split payment", icon: Split, tone: "ok", meaning: "Several payments add up to the total." },
  partial_payment: {
    label: "Partial payment",
    icon: PieChart,
    tone: "attention",
    meaning: "Less was paid than was billed.",
  },
  overpayment: { label: "Overpayment", icon: Plus, tone: "attention", meaning: "More was paid than was billed." },
  unpaid: { label: "Unpaid", icon: TriangleAlert, tone: "neutral", meaning: "No payment was found." },
  amount_mismatch: {
    label: "Amount mismatch",
    icon: Scale,
    tone: "failure",
    meaning: "Billed net differs from what was ordered.",
  },
  currency_mismatch: {
    label: "Currency mismatch",
    icon: ArrowRightLeft,
    tone: "failure",
    meaning: "Invoice or payment is in another currency than the order.",
  },
  missing_po: {
    label: "Missing order",
    icon: FileQuestion,
    tone: "failure",
    meaning: "The order it names is not in the orders file.",
  },
  duplicate_invoice: {
    label: "Duplicate invoice",
    icon: CopyX,
    tone: "failure",
    meaning: "The same was billed before.",
  },
  duplicate_payment: {
    label: "Duplicate payment",
    icon: Repeat,
    tone: "failure",
    meaning: "The total was paid twice.",
  },
  unknown_transaction: {
    label: "Unknown payment",
    icon: FileQuestion,
    tone: "neutral",
    meaning: "Pays none of the invoices.",
  },
};

export const STRIP_ORDER = Object.keys(statusLooks) as TransactionStatus[];
