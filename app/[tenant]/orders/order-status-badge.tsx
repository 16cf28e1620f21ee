import { Ban, Check, Circle, Clock, LoaderCircle, type LucideIcon, PackageX, TriangleAlert } from "lucide-react";
import type { ComponentProps } from "react";
import { Badge } from "@/components/ui/badge";
import type { OrderStatus } from "@/lib/orders/order-summary";

const looks: Record<OrderStatus, { label: string; icon: LucideIcon; tone: ComponentProps<typeof Badge>["tone"] }> = {
  new: { label: "New", icon: Circle, tone: "neutral" },
  running: { label: "Running", icon: LoaderCircle, tone: "accent" },
  waiting: { label: "Needs you", icon: Clock, tone: "attention" },
  failed: { label: "Failed", icon: TriangleAlert, tone: "failure" },
  fulfilled: { label: "Fulfilled", icon: Check, tone: "ok" },
  back_ordered: { label: "Back-ordered", icon: PackageX, tone: "neutral" },
  cancelled: { label: "Cancelled", icon: Ban, tone: "neutral" },
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { label, icon: Icon, tone } = looks[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className={status === "running" ? "animate-spin-slow" : undefined} /> {label}
    </Badge>
  );
}
