import { z } from "zod";

const INTEGER_MAX = 2_147_483_647;

const text = z.string().min(1, "is empty").max(200, "is longer than 200 characters");
const count = z
  .string()
  .regex(/^\d{1,9}$/, "is not a whole number")
  .transform(Number);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = z
  .string()
  // Databases export a date with the midnight that it begins at.
  .transform((value) => value.replace(/[T ]00:00(:00(\.0+)?)?Z?$/, ""))
  .refine((value) => DAY.test(value), "is not a date like 2026-03-31")
  .refine((value) => !DAY.test(value) || exists(value), "is a day that does not exist");

/** JavaScript reads 30 February as 2 March. */
function exists(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** An amount with a decimal point or comma, as an integer of minor units; computed from its digits, so that nothing is rounded. */
const money = z
  .string()
  // Zeros beyond the cents, as databases write a money column, change nothing.
  .regex(/^\d{1,9}([.,]\d{1,2}0*)?$/, "is not an amount like 1290.00")
  .transform((value) => {
    const [whole = "", fraction = ""] = value.split(/[.,]/);
    return Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, "0"));
  })
  .refine((minor) => minor <= INTEGER_MAX, "is too large");

const yes = ["1", "true", "yes", "y"];
const flag = z
  .string()
  .toLowerCase()
  .refine((value) => [...yes, "0", "false", "no", "n", ""].includes(value), "is neither true nor false")
  .transform((value) => yes.includes(value));

export const productColumns = z.object({
  sku: text,
  name: text,
  units_in_stock: count,
  unit_price: money,
  discontinued: flag,
});

export const customerColumns = z.object({
  customer_id: text,
  name: text,
  email: z.string().email("is not an e-mail address").or(z.literal("")),
  address: text,
  /** Optional: tokens of the payment system, best first, separated by spaces. */
  payment_methods: z
    .string()
    .optional()
    .transform((value) => value?.split(/\s+/).filter(Boolean) ?? []),
});

export const orderColumns = z.object({
  order_id: text.max(64, "is longer than 64 characters"),
  customer_id: text,
  order_date: day,
  required_date: day.or(z.literal("")).transform((value) => value || null),
});

export const lineColumns = z.object({
  order_id: text,
  sku: text,
  qty: count.refine((qty) => qty > 0, "is not positive"),
  unit_price: money,
});
