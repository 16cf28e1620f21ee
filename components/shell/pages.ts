import { CheckCheck, type LucideIcon, MessagesSquare, Package, ReceiptText, Settings } from "lucide-react";
import { paths } from "@/lib/paths";

export interface ShellPage {
  label: string;
  icon: LucideIcon;
  href(slug: string): string;
  /** Not in the bar of a phone, which has no room: there the account menu leads to it. */
  railOnly?: boolean;
}

/** The pages of a tenant, in the order of the rail. */
export const shellPages: ShellPage[] = [
  { label: "Ask", icon: MessagesSquare, href: (slug) => paths.assistant(slug) },
  { label: "Orders", icon: Package, href: (slug) => paths.orders(slug) },
  { label: "Invoices", icon: ReceiptText, href: (slug) => paths.invoices(slug) },
  { label: "Approve", icon: CheckCheck, href: (slug) => paths.approvals(slug) },
  { label: "Settings", icon: Settings, href: (slug) => paths.settings(slug), railOnly: true },
];
