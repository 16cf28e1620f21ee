export interface PaymentRequest {
  orderId: string;
  amountMinor: number;
  currency: string;
  /** The provider's token of a stored method; never a card number. */
  method: string;
}

export type PaymentResult =
  | { status: "authorized"; reference: string }
  | { status: "declined"; reference: string; reason: string };

/**
 * The payment provider. A second request under a key gets the first one's answer. Throws OutsideFailure; after a `timeout` the caller
 * asks `find` whether the authorization was made.
 */
export interface PaymentPort {
  authorize(key: string, request: PaymentRequest): Promise<PaymentResult>;
  void(key: string, reference: string): Promise<{ reference: string }>;
  find(key: string): Promise<PaymentResult | null>;
}
