"use client";

import { Truck } from "lucide-react";
import { RelativeTime } from "@/components/ui/relative-time";
import { Spinner } from "@/components/ui/spinner";
import { type ShipmentStatusResult, shipmentStatusResultSchema } from "@/contract/backend-actions";
import { LookupCard } from "./lookup-card";
import { parseToolResult } from "./parse-tool-result";

interface ShipmentLineProps {
  reference?: string;
  status: "inProgress" | "executing" | "complete";
  result?: string;
}

const words = { booked: "Booked", in_transit: "In transit", delivered: "Delivered", cancelled: "Cancelled" };

/** What `get_shipment_status` asks the carrier, and what it said. */
export function ShipmentLine({ reference, status, result }: ShipmentLineProps) {
  if (status !== "complete") return <LookupCard icon={<Spinner />} title="Looking up the shipment…" busy />;
  const found: ShipmentStatusResult | null = parseToolResult(shipmentStatusResultSchema, result);
  const icon = <Truck aria-hidden />;
  if (found?.status !== "ok")
    return (
      <LookupCard icon={icon} title="The carrier could not be asked" failed>
        <p>{found?.message ?? "It gave no answer that can be read."}</p>
      </LookupCard>
    );
  const { shipment } = found;
  if (!shipment)
    return (
      <LookupCard icon={icon} title="Unknown shipment">
        <p>The carrier does not know {reference ?? "it"}.</p>
      </LookupCard>
    );
  return (
    <LookupCard icon={icon} title={words[shipment.status]}>
      <p className="text-ink">{shipment.text}</p>
      <p className="flex flex-wrap gap-x-2">
        <span className="select-all break-all font-mono">{shipment.reference}</span>
        <RelativeTime at={shipment.at} />
      </p>
    </LookupCard>
  );
}
