/** Days since 1970-01-01, without a time zone: what every date column becomes. */
export type EpochDay = number;

/** An amount as an integer of the currency's minor unit: cents, yen, fils. */
export type MinorUnits = number;

/** The kinds of input file, as named on the command line and in refusals. */
export type BookFile = "purchase_orders" | "invoices" | "bank_transactions";

export interface OrderLine {
  row: number;
  poNumber: string;
  supplier: string;
  poDay: EpochDay;
  currency: string;
  lineNo: string;
  sku: string;
  description: string;
  /** Exact decimals: a line's value is only rounded once the whole order is summed. */
  qty: Decimal;
  unitPrice: Decimal;
}

export interface Invoice {
  row: number;
  invoiceNumber: string;
  supplier: string;
  invoiceDay: EpochDay;
  dueDay: EpochDay | null;
  poNumber: string;
  currency: string;
  total: MinorUnits;
  tax: MinorUnits;
}

export interface BankTransaction {
  row: number;
  transactionId: string;
  bookingDay: EpochDay;
  /** Negative when money leaves the account. */
  amount: MinorUnits;
  currency: string;
  counterparty: string;
  reference: string;
}

/** A row that could not be read. It takes no part in matching and is listed in the result with its reason. */
export interface RefusedRow {
  file: BookFile;
  row: number;
  /** Null when the row as a whole is at fault, such as a quote that never closes. */
  column: string | null;
  value: string;
  reason: string;
  /** The order a refused order line belongs to, so that the order's sum is not trusted. */
  poNumber?: string;
}

/** Everything reconciliation works on: the three files as read, and what had to be refused. */
export interface Books {
  orderLines: OrderLine[];
  invoices: Invoice[];
  transactions: BankTransaction[];
  refused: RefusedRow[];
}

/** The exact number `units / 10^scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** The file as a whole cannot be read: not a table, or a column that the format requires is missing. */
export class UnreadableFileError extends Error {
  readonly file: BookFile;

  constructor(file: BookFile, message: string) {
    super(`${file}: ${message}`);
    this.name = "UnreadableFileError";
    this.file = file;
  }
}
