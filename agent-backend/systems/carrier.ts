export interface ShipmentRequest {
  orderId: string;
  recipient: string;
  address: string;
  items: { sku: string; qty: number }[];
}

export interface Shipment {
  reference: string;
  trackingUrl: string;
}

export interface ShipmentStatus {
  reference: string;
  status: "booked" | "in_transit" | "delivered" | "cancelled";
  /** The last thing the carrier said, in words. */
  text: string;
  at: string;
}

/** The carrier. A second booking under a key gets the first one's answer. Throws OutsideFailure, `refused` for an address it cannot serve. */
export interface CarrierPort {
  book(key: string, request: ShipmentRequest): Promise<Shipment>;
  cancel(key: string, reference: string): Promise<{ reference: string }>;
  find(key: string): Promise<Shipment | null>;
  /** Null for a reference that the carrier does not know. */
  status(reference: string): Promise<ShipmentStatus | null>;
}
