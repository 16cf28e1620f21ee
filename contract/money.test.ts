import { expect, test } from "vitest";
import { formatMoney } from "./money";

test.each([
  [808_546, "EUR", "8,085.46 EUR"],
  [-5, "EUR", "-0.05 EUR"],
  [-123_456_789, "USD", "-1,234,567.89 USD"],
  [99_999, "USD", "999.99 USD"],
  [1_234, "JPY", "1,234 JPY"],
  [1_234, "KWD", "1.234 KWD"],
  [0, "", "0.00"],
])("%i minor units of %s are read as %s", (minor, currency, text) => expect(formatMoney(minor, currency)).toBe(text));
