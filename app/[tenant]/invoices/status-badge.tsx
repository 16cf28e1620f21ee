import { Badge } from "@/components/ui/badge";
import type { TransactionStatus } from "@/contract/invoices";
import { statusLooks } from "./status-looks";

export function StatusBadge({ status }: { status: TransactionStatus }) {
  const { label, icon: Icon, tone, meaning } = statusLooks[status];
  return (
    <Badge tone={tone} title={meaning}>
      <Icon aria-hidden /> {label}
    </Badge>
  );
}
