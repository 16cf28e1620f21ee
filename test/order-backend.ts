import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type BaseEvent, verifyEvents } from "@ag-ui/client";
import { EventSchemas, EventType, type RunAgentInput } from "@ag-ui/core";
import { type ServerType, serve } from "@hono/node-server";
import jsonpatch from "fast-json-patch";
import { SignJWT } from "jose";
import pg from "pg";
import { from, lastValueFrom, toArray } from "rxjs";
import { createApp } from "@/agent-backend/app";
import { type Env, envFrom } from "@/agent-backend/env";
import { Executor } from "@/agent-backend/execution/executor";
import { agents } from "@/agent-backend/registry";
import { type SystemsOf, systemsFrom } from "@/agent-backend/systems/systems";
import type { OrderState } from "@/contract/orders";
import { RUN_TOKEN_AUDIENCE, RUN_TOKEN_ISSUER } from "@/contract/run-token";
import { newId } from "@/db/ids";
import { createTestDatabase, type TestDatabase } from "./database";

export const RUN_TOKEN_SECRET = "a secret of the tests, long enough for HS256";

export interface Person {
  tenantId: string;
  userId: string;
  role: "admin" | "member";
}

/** One product, one customer and one order as a test wants them. */
export interface PlantedOrder {
  id: string;
  lines: { sku: string; qty: number; stock: number; priceMinor?: number }[];
  methods?: string[];
  address?: string;
  email?: string;
}

/** The order backend on a database of its own, spoken to over HTTP. */
export interface OrderBackend {
  database: TestDatabase;
  admin: pg.Client;
  ada: Person;
  ben: Person;
  gus: Person;
  executor: Executor;
  /** Where it listens. */
  url: string;
  plant(person: Person, order: PlantedOrder): Promise<void>;
  setPolicy(person: Person, policy: Record<string, unknown>): Promise<void>;
  request(person: Person | null, method: string, path: string, body?: unknown, thread?: string): Promise<Response>;
  /** One AG-UI run of the orders' agent, or another; every event is checked, and the deltas against the snapshots. */
  run<S = OrderState>(
    person: Person,
    input: Partial<RunAgentInput> & { threadId: string },
    agent?: string,
  ): Promise<Run<S>>;
  rows<T = Record<string, unknown>>(query: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

export interface Run<S = OrderState> {
  events: BaseEvent[];
  types: string[];
  steps: string[];
  state: S;
  last: BaseEvent & {
    outcome?: { type: string; interrupts?: { id: string; reason: string; message: string }[] };
    code?: string;
    message?: string;
  };
}

export async function createOrderBackend(
  options: { leaseMs?: number; systemsOf?: SystemsOf } = {},
): Promise<OrderBackend> {
  const database = await createTestDatabase(10);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const member = (userId: string, role: "admin" | "member") => ({ userId, email: `${userId}@flightdeck.test`, role });
  const acme = await database.provision({
    slug: "acme",
    name: "Acme",
    members: [member("ada", "admin"), member("ben", "member")],
  });
  const globex = await database.provision({ slug: "globex", name: "Globex", members: [member("gus", "admin")] });
  const env: Env = envFrom({ RUN_TOKEN_SECRET });
  const systemsOf = options.systemsOf ?? systemsFrom(env);
  const log = () => {};
  const executor = new Executor({
    doors: database.doors,
    pool: () => database.pool,
    agents,
    systemsOf,
    // Long beside what a loaded machine can be late with a renewal: a run that loses its lease is not what these tests are about.
    leaseMs: options.leaseMs ?? 10_000,
    atOnce: 8,
    log,
  });
  const app = createApp({ agents, executor, runTokenSecret: RUN_TOKEN_SECRET, log });

  // A server that listens, so that what is tested is what a client meets: headers, streams, a connection that closes.
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const request: OrderBackend["request"] = async (person, method, path, body, thread = "") => {
    const headers = new Headers({ "content-type": "application/json" });
    if (person) headers.set("authorization", `Bearer ${await runToken(person, thread)}`);
    return fetch(`${url}${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  };

  return {
    database,
    admin,
    ada: { tenantId: acme, userId: "ada", role: "admin" },
    ben: { tenantId: acme, userId: "ben", role: "member" },
    gus: { tenantId: globex, userId: "gus", role: "admin" },
    executor,
    url,
    plant: (person, order) => plantOrder(admin, person.tenantId, order),
    async setPolicy({ tenantId }, policy) {
      await admin.query(
        "update flightdeck.tenants set settings = jsonb_build_object('orderPolicy', $2::jsonb) where id = $1",
        [tenantId, JSON.stringify(policy)],
      );
    },
    request,
    async run<S = OrderState>(
      person: Person,
      input: Partial<RunAgentInput> & { threadId: string },
      agent = "orders",
    ): Promise<Run<S>> {
      const response = await request(person, "POST", `/agents/${agent}`, runInput(input), input.threadId);
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return readRun<S>(await response.text());
    },
    async rows<T>(query: string, values: unknown[] = []) {
      return (await admin.query(query, values)).rows as T[];
    },
    async close() {
      server.close();
      (server as Server).closeAllConnections();
      await executor.close(2_000);
      await admin.end();
      await database.drop();
    },
  };
}

export function runInput(input: Partial<RunAgentInput> & { threadId: string }): RunAgentInput {
  return { runId: newId("run"), messages: [], tools: [], context: [], state: {}, forwardedProps: {}, ...input };
}

export async function runToken(
  person: Person,
  thread: string,
  secret = RUN_TOKEN_SECRET,
  audience = RUN_TOKEN_AUDIENCE,
  expires = "5 min",
): Promise<string> {
  return new SignJWT({ email: `${person.userId}@flightdeck.test`, tenant: person.tenantId, role: person.role, thread })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(person.userId)
    .setIssuer(RUN_TOKEN_ISSUER)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}

/** Parses the stream, checks it as a client would and replays its deltas against each snapshot. Throws where they differ. */
export async function readRun<S = OrderState>(body: string): Promise<Run<S>> {
  const raw = body
    .split("\n\n")
    .filter((frame) => frame.startsWith("data: "))
    .map((frame) => JSON.parse(frame.slice("data: ".length)) as BaseEvent);
  const events = await lastValueFrom(from(raw).pipe(verifyEvents(false), toArray()));
  let state: unknown;
  for (const event of events.map((one) => EventSchemas.parse(one))) {
    if (event.type === EventType.STATE_DELTA)
      state = jsonpatch.applyPatch(structuredClone(state ?? {}), event.delta, true).newDocument;
    if (event.type !== EventType.STATE_SNAPSHOT) continue;
    if (state !== undefined && JSON.stringify(sorted(state)) !== JSON.stringify(sorted(event.snapshot)))
      throw new Error("the deltas do not add up to the snapshot");
    state = event.snapshot;
  }
  const last = events.at(-1) as Run["last"];
  if (last?.type !== EventType.RUN_FINISHED && last?.type !== EventType.RUN_ERROR)
    throw new Error(`the stream ends with ${last?.type}`);
  return {
    events,
    types: events.map(({ type }) => type),
    steps: events.flatMap((event) =>
      event.type === EventType.STEP_STARTED ? [(event as { stepName?: string }).stepName ?? ""] : [],
    ),
    state: state as S,
    last,
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

export async function plantOrder(admin: pg.Client, tenantId: string, order: PlantedOrder): Promise<void> {
  const {
    id,
    lines,
    methods = ["card_visa"],
    address = "1 Main Street, Springfield",
    email = "customer@example.test",
  } = order;
  await admin.query(
    "insert into flightdeck.customers (tenant_id, id, name, email, address, payment_methods) values ($1, $2, $3, $4, $5, $6)",
    [tenantId, `C-${id}`, `Customer of ${id}`, email, address, methods],
  );
  for (const { sku, stock, priceMinor = 1_000 } of lines) {
    await admin.query(
      `insert into flightdeck.products (tenant_id, sku, name, units_in_stock, unit_price_minor) values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, sku) do update set units_in_stock = excluded.units_in_stock`,
      [tenantId, sku, `Product ${sku}`, stock, priceMinor],
    );
  }
  const total = lines.reduce((sum, { qty, priceMinor = 1_000 }) => sum + qty * priceMinor, 0);
  await admin.query(
    "insert into flightdeck.orders (tenant_id, id, customer_id, order_date, currency, total_minor) values ($1, $2, $3, '2026-11-01', 'EUR', $4)",
    [tenantId, id, `C-${id}`, total],
  );
  for (const [i, { sku, qty, priceMinor = 1_000 }] of lines.entries()) {
    await admin.query(
      "insert into flightdeck.order_lines (tenant_id, order_id, line_no, sku, qty, unit_price_minor) values ($1, $2, $3, $4, $5, $6)",
      [tenantId, id, i + 1, sku, qty, priceMinor],
    );
  }
}
