import { expect, test } from "vitest";
import { isPaneOpen, parseView, viewParams } from "./view-params";

test("a view survives its address, and what is as usual is not in it", () => {
  const view = {
    batch: "bat_1",
    view: "letters" as const,
    statuses: ["unpaid" as const, "overpayment" as const],
    show: "open" as const,
    q: "nord & licht",
    sort: "amount" as const,
    descending: true,
    invoice: 17,
    letter: "let_1",
    review: true,
  };
  expect(parseView(viewParams(view))).toEqual(view);
  expect(viewParams(parseView(new URLSearchParams())).toString()).toBe("");
});

test("an address that somebody made up means what can be understood of it", () => {
  const made = new URLSearchParams("view=secrets&status=unpaid,bogus&show=1&sort=drop&invoice=-3&review=yes");
  expect(parseView(made)).toMatchObject({
    view: "invoices",
    statuses: ["unpaid"],
    show: "all",
    sort: "row",
    invoice: null,
    review: false,
  });
});

test("an answered question leaves nothing open, so that a phone shows the list again", () => {
  const view = parseView(new URLSearchParams("review=1"));
  expect(isPaneOpen(view, true)).toBe(true);
  expect(isPaneOpen(view, false)).toBe(false);
  expect(isPaneOpen({ ...view, letter: "ltr_1" }, false)).toBe(true);
});
