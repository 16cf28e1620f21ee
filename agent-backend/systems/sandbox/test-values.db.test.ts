import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import type { Shipment } from "../carrier";
import { OutsideFailure } from "../outside-failure";
import type { Systems } from "../systems";

let backend: OrderBackend;
let systems: Systems;

beforeAll(async () => {
  backend = await createOrderBackend();
  systems = backend.executor.systems(backend.ada.tenantId);
});

afterAll(() => backend.close());

const outcomeOf = (answer: Promise<{ status?: string; reason?: string } | Shipment>) =>
  answer.then(
    (given) => {
      if ("trackingUrl" in given) return "done";
      return given.reason ? `${given.status}: ${given.reason}` : String(given.status);
    },
    (error: unknown) => (error instanceof OutsideFailure ? error.kind : String(error)),
  );
const pay = (method: string, key: string) =>
  outcomeOf(systems.payment.authorize(key, { orderId: method, amountMinor: 100, currency: "EUR", method }));
const ship = (street: string, key: string) =>
  outcomeOf(
    systems.carrier.book(key, { orderId: "O", recipient: "R", address: `1 ${street}`, items: [{ sku: "A", qty: 1 }] }),
  );

/** Each value: what a first request gets, the same again under its key, and another; and whether the first was done. */
const values: Record<string, [ask: typeof pay, outcomes: string[], done: boolean]> = {
  card_declined: [pay, Array(3).fill("declined: The bank declined it: insufficient funds."), true],
  card_expired: [pay, Array(3).fill("declined: The card has expired."), true],
  card_declined_once: [pay, [...Array(2).fill("declined: The bank asks to try again."), "authorized"], true],
  card_timeout: [pay, ["timeout", "authorized", "timeout"], true],
  card_outage: [pay, Array(3).fill("outage"), false],
  "Unreachable Island": [ship, Array(3).fill("refused"), false],
  "Timeout Street": [ship, ["timeout", "done", "timeout"], true],
};

test("the values that the documentation names are those that are tried here", () => {
  const page = readFileSync(new URL("../../../docs/sandbox-systems.md", import.meta.url), "utf8");
  const named = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, value]) => value);
  expect(named).toEqual(Object.keys(values));
});

test.each(Object.entries(values))("%s does what is said of it", async (value, [ask, outcomes, done]) => {
  const [first, second] = [`${value}:1`, `${value}:2`];
  const port = ask === pay ? systems.payment : systems.carrier;
  const got = [await ask(value, first)];
  expect((await port.find(first)) !== null).toBe(done);
  got.push(await ask(value, first), await ask(value, second));
  expect(got).toEqual(outcomes);
});

test("anything else is authorized and booked", async () => {
  expect(await pay("invoice_30_days", "other:1")).toBe("authorized");
  expect(await ship("Main Street", "other:2")).toBe("done");
});
