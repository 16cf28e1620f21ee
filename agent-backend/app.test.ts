import { expect, test, vi } from "vitest";
import { createApp } from "./app";
import type { Executor } from "./execution/executor";
import { agents } from "./registry";

// These routes answer without a database; the rest is tested against the running service in orders.db.test.ts.
const unused = {} as Executor;
const parts = {
  agents,
  executor: unused,
  runTokenSecret: "s".repeat(32),
  log: vi.fn(),
};
const app = createApp(parts);

test("health names the service and every registered agent", async () => {
  const response = await app.request("/health");
  expect(response.status).toBe(200);
  const known = [...agents.values()].map(({ id, description }) => ({ id, description }));
  expect(known.map(({ id }) => id)).toContain("orders");
  expect(await response.json()).toEqual({ status: "ok", service: "agent-backend", agents: known });
});

test("without a run token there is one answer to everything: 401", async () => {
  for (const path of ["/agents/orders", "/agents/unknown", "/threads/thr_1/events", "/actions/search_products", "/x"]) {
    const response = await app.request(path, {
      method: "POST",
      body: "{}",
      headers: { authorization: "Bearer made.up.token" },
    });
    expect(response.status, path).toBe(401);
    expect(await response.json()).toEqual({
      error: {
        code: "unauthenticated",
        message: expect.any(String),
        traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  }
});

test("an unexpected failure is a 500 that keeps its cause to itself", async () => {
  const log = vi.fn();
  const broken = createApp({
    ...parts,
    log,
    agents: {
      values: () => {
        throw new Error("the password is hunter2");
      },
    } as unknown as typeof agents,
  });
  const response = await broken.request("/health");
  expect(response.status).toBe(500);
  const body = await response.text();
  expect(body).not.toContain("hunter2");
  expect(log).toHaveBeenCalledWith(
    "request.failed",
    expect.objectContaining({ traceId: JSON.parse(body).error.traceId }),
  );
});
