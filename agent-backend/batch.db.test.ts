// A batch as a tenant runs it unattended, through two processes' executors at once. BATCH_ORDERS says how many orders (default 60).
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool } from "@/db/pool";
import { createDoors } from "@/db/with-tenant";
import { createOrderBackend, type OrderBackend } from "@/test/order-backend";
import { envFrom } from "./env";
import { Executor } from "./execution/executor";
import { agents } from "./registry";
import { systemsFrom } from "./systems/systems";

const ORDERS = Number(process.env.BATCH_ORDERS ?? 60);
const STOCK = 7;
const SKUS = Math.max(6, Math.ceil(ORDERS / 10));

let backend: OrderBackend;
let second: Executor;
let secondPool: ReturnType<typeof createPool>;

beforeAll(async () => {
  backend = await createOrderBackend();
  secondPool = createPool(backend.database.url, 10);
  second = new Executor({
    doors: createDoors(() => secondPool),
    pool: () => secondPool,
    agents,
    systemsOf: systemsFrom(envFrom({ RUN_TOKEN_SECRET: "x".repeat(32) })),
    leaseMs: 5_000,
    atOnce: 8,
    log: () => {},
  });
});

afterAll(async () => {
  await second.close(2_000);
  await secondPool.end();
  await backend.close();
});

/** Two lines an order over few products, so that nearly all of them compete; every seventh customer's first card is declined, every eleventh has no other. */
async function plantMany(tenantId: string): Promise<void> {
  await backend.rows(
    `insert into flightdeck.products (tenant_id, sku, name, units_in_stock, unit_price_minor)
      select $1, 'BULK' || n, 'Bulk ' || n, $3, 500 from generate_series(0, $2 - 1) n`,
    [tenantId, SKUS, STOCK],
  );
  await backend.rows(
    `insert into flightdeck.customers (tenant_id, id, name, email, address, payment_methods)
      select $1, 'BC' || n, 'Customer ' || n, 'c' || n || '@example.test', n || ' Main Street',
        case when n % 11 = 0 then array['card_declined'] when n % 7 = 0 then array['card_declined', 'card_visa'] else array['card_visa'] end
      from generate_series(1, $2) n`,
    [tenantId, ORDERS],
  );
  await backend.rows(
    `insert into flightdeck.orders (tenant_id, id, customer_id, order_date, currency, total_minor)
      select $1, 'BO-' || n, 'BC' || n, '2026-11-01', 'EUR', 1500 from generate_series(1, $2) n`,
    [tenantId, ORDERS],
  );
  await backend.rows(
    `insert into flightdeck.order_lines (tenant_id, order_id, line_no, sku, qty, unit_price_minor)
      select $1, 'BO-' || n, line, 'BULK' || ((n * (case line when 1 then 1 else 3 end) + line) % $3), line, 500
      from generate_series(1, $2) n, generate_series(1, 2) line`,
    [tenantId, ORDERS, SKUS],
  );
}

test(
  `a batch of ${ORDERS} orders runs unattended on two nodes: every order ends, and the stock adds up to the unit`,
  async () => {
    const { gus } = backend;
    await backend.setPolicy(gus, { automatic: true, shipping: "lines", shortage: "back-order" });
    await plantMany(gus.tenantId);
    const begun = Date.now();
    const response = await backend.request(gus, "POST", "/agents/orders/batches", { subjects: null });
    expect(response.status).toBe(201);
    const { id, total } = await response.json();
    expect(total).toBe(ORDERS);
    // What is begun once cannot be begun again by somebody else's click.
    expect((await backend.request(gus, "POST", "/agents/orders/batches", { subjects: null })).status).toBe(409);
    backend.executor.startSweeping(200);
    second.startSweeping(200);

    const statuses = async () =>
      Object.fromEntries(
        (
          await backend.rows<{ status: string; n: number }>(
            `select o.status, count(*)::int as n from flightdeck.graph_threads t
              join flightdeck.orders o on o.tenant_id = t.tenant_id and o.id = t.subject where t.batch_id = $1 group by 1`,
            [id],
          )
        ).map(({ status, n }) => [status, n]),
      );
    while ((await statuses()).running) await sleep(100);
    const ends = await statuses();
    console.log(`${ORDERS} orders in ${((Date.now() - begun) / 1_000).toFixed(1)} s`, JSON.stringify(ends));
    expect(["back_ordered", "cancelled", "fulfilled"]).toEqual(expect.arrayContaining(Object.keys(ends)));
    expect(ends.fulfilled).toBeGreaterThan(0);
    expect(ends.back_ordered).toBeGreaterThan(0);
    expect(Object.values(ends).reduce((sum, n) => sum + n, 0)).toBe(ORDERS);

    // What was reserved and not given back, plus what is left, is what there was; for each product.
    const off = await backend.rows(
      `with taken as (
          select line ->> 'sku' as sku, sum((line ->> 'qty')::int) as qty from flightdeck.sandbox_ledger r, jsonb_array_elements(r.request -> 'lines') line
          where r.system = 'stock' and r.operation = 'reserve' and not exists (
            select 1 from flightdeck.sandbox_ledger b where b.operation = 'release' and b.request ->> 'reservationKey' = r.idempotency_key)
          group by 1)
        select p.sku, p.units_in_stock, taken.qty from flightdeck.products p left join taken using (sku)
        where p.tenant_id = $1 and p.sku like 'BULK%' and (p.units_in_stock < 0 or p.units_in_stock + coalesce(taken.qty, 0) <> $2)`,
      [gus.tenantId, STOCK],
    );
    expect(off).toEqual([]);
    const twice = await backend.rows(
      `select subject from flightdeck.sandbox_ledger l join flightdeck.graph_threads t on l.idempotency_key like t.id || ':%'
        where t.batch_id = $1 and l.operation in ('book', 'send') group by subject, l.operation having count(*) > 1`,
      [id],
    );
    expect(twice).toEqual([]);
    const owners = await backend.rows(
      "select 1 from flightdeck.approvals where tenant_id = $1 and status = 'pending'",
      [gus.tenantId],
    );
    expect(owners).toEqual([]);
  },
  Math.max(120_000, ORDERS * 400),
);
