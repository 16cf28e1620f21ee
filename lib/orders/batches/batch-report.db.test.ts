import { afterAll, beforeAll, expect, test } from "vitest";
import { getPool } from "@/db/pool";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import { getBatchReport, getLatestBatch } from "./batch-report";

let backend: OrderBackend;

beforeAll(async () => {
  backend = await createOrderBackend();
  process.env.FLIGHTDECK_DATABASE_URL = backend.database.url;
});

afterAll(async () => {
  await getPool().end();
  await backend.close();
});

test("a batch's report says how each order ended, what was shipped, and what was charged and not given back", async () => {
  const { ada, gus } = backend;
  await backend.setPolicy(ada, { automatic: true, shipping: "lines", shortage: "back-order" });
  await backend.plant(ada, { id: "R-1", lines: [{ sku: "R1", qty: 3, stock: 2 }] });
  await backend.plant(ada, { id: "R-2", lines: [{ sku: "R2", qty: 1, stock: 5 }], methods: ["card_declined"] });
  await backend.plant(ada, { id: "R-3", lines: [{ sku: "R3", qty: 2, stock: 0 }] });
  await backend.plant(ada, { id: "R-4", lines: [{ sku: "R4", qty: 2, stock: 2 }] });
  const started = await backend.request(ada, "POST", "/agents/orders/batches", { subjects: ["R-1", "R-2", "R-3"] });
  const { id, total } = await started.json();
  expect(total).toBe(3);
  expect(await getLatestBatch(ada)).toMatchObject({ id, total: 3, settled: 0, startedBy: "ada@flightdeck.test" });

  backend.executor.startSweeping(50);
  await expect.poll(async () => (await getLatestBatch(ada))?.settled, { timeout: 20_000 }).toBe(3);
  const report = await getBatchReport(ada, id);
  expect(report).toMatchObject({
    counts: { fulfilled: 1, cancelled: 1, back_ordered: 1 },
    unitsOrdered: 6,
    unitsShipped: 2,
    chargedMinor: { EUR: 2_000 },
  });
  expect(report?.orders).toMatchObject([
    { id: "R-1", status: "fulfilled", unitsOrdered: 3, unitsShipped: 2, chargedMinor: 2_000 },
    { id: "R-2", status: "cancelled", unitsShipped: 0, chargedMinor: 0, note: expect.stringContaining("insufficient") },
    { id: "R-3", status: "back_ordered", unitsShipped: 0, chargedMinor: 0 },
  ]);
  expect(await getBatchReport(gus, id)).toBeNull();
});
