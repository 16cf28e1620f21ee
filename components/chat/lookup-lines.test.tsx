import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MarkLine } from "./mark-line";
import { ProductLine } from "./product-line";
import { ShipmentLine } from "./shipment-line";

const shown = (line: ReactNode) => {
  const html = renderToStaticMarkup(line);
  const [, title = "", busy] = /^<section aria-label="([^"]*)" aria-busy="(\w+)"/.exec(html) ?? [];
  return { title, busy: busy === "true", text: html.replace(/<[^>]+>/g, " ") };
};

test("while another system is asked its card says what is looked up, and is busy", () => {
  for (const status of ["inProgress", "executing"] as const) {
    expect(shown(<ProductLine query="gripper" status={status} />)).toMatchObject({
      title: "Looking up “gripper” in the catalogue…",
      busy: true,
    });
    expect(shown(<ShipmentLine reference="S1" status={status} />)).toMatchObject({
      title: "Looking up the shipment…",
      busy: true,
    });
    expect(shown(<MarkLine invoice="INV-1" status={status} />)).toMatchObject({
      title: "Marking INV-1 as reconciled…",
      busy: true,
    });
  }
});

test("then it shows what was answered, and that nothing was found or is known", () => {
  const products = (list: object[]) => JSON.stringify({ status: "ok", products: list });
  const arm = { sku: "A-1", name: "Arm", unitPriceMinor: 100, available: 3 };
  const found = shown(<ProductLine query="arm" status="complete" result={products([arm, { ...arm, available: 0 }])} />);
  expect(found).toMatchObject({ title: "Products for “arm”", busy: false });
  expect(found.text).toMatch(/Arm\s+A-1\s+3 in stock.*sold out/);
  expect(shown(<ProductLine query="x" status="complete" result={products([])} />).text).toContain("Nothing was found.");
  const unknown = JSON.stringify({ status: "ok", shipment: null });
  expect(shown(<ShipmentLine reference="S9" status="complete" result={unknown} />).text).toContain(
    "The carrier does not know S9.",
  );
});

test("a system that is away, or an answer that cannot be read, is told as such", () => {
  const away = JSON.stringify({ status: "outage", message: "The catalogue does not answer." });
  expect(shown(<ProductLine query="x" status="complete" result={away} />)).toMatchObject({
    title: "The catalogue could not be searched",
    text: expect.stringContaining("does not answer"),
  });
  for (const broken of [undefined, "", "{", '{"status":"ok"}'])
    expect(shown(<ShipmentLine status="complete" result={broken} />).text).toContain("no answer that can be read");
});
