/** What can be promised of one product. */
export interface StockLevel {
  sku: string;
  name: string;
  available: number;
  unitPriceMinor: number;
  discontinued: boolean;
}

export interface StockLine {
  sku: string;
  qty: number;
}

/** All of it or nothing: `missing` names what ran out meanwhile, and then nothing is reserved. */
export type Reservation = { status: "reserved"; reference: string } | { status: "short"; missing: string[] };

/** The warehouse. A second request under a key gets the first one's answer. */
export interface StockPort {
  levels(skus: readonly string[]): Promise<StockLevel[]>;
  reserve(key: string, orderId: string, lines: readonly StockLine[]): Promise<Reservation>;
  /** Puts back what was reserved under `reservationKey`. */
  release(key: string, reservationKey: string): Promise<{ reference: string }>;
  findReservation(key: string): Promise<Reservation | null>;
}
