import type { BankTransaction, EpochDay, Invoice, MinorUnits } from "../books";
import type { Order } from "../orders/orders";
import type { ReferenceText } from "../references/citation";
import type { Identifier } from "../references/identifier";

/** An invoice that payments may be for: every one that is not a duplicate. */
export interface Payable {
  index: number;
  invoice: Invoice;
  number: Identifier;
  order: Order | null;
  /** The supplier's name as the invoice has it and as the order has it. */
  suppliers: string[];
  /** When the payment is to be expected: the due date, or thirty days after the invoice's. */
  expectedDay: EpochDay;
}

/** A bank transaction that takes money out of the account. */
export interface Payment {
  index: number;
  transaction: BankTransaction;
  /** The amount without its sign. */
  paid: MinorUnits;
  reference: ReferenceText;
  /** The part of the reference that names no invoice meant. */
  unclaimed: ReferenceText;
  /** The suppliers' names the counterparty is like, with how like they are. */
  payees: Map<string, number>;
  bestPayee: number;
  /** Payables whose number the reference names without a slip. */
  named: Set<Payable>;
  /**
   * Those of them that are meant: the payee's. A known payee's payment that names only other suppliers'
   * numbers has a slip in it, since numbers are only unique within a supplier.
   */
  meant: Set<Payable>;
  /** Payables whose order the reference names. */
  orderNamed: Set<Payable>;
  /** What the reference names is likely a slip, since all of it is paid in full by others. */
  misnamed: boolean;
}
