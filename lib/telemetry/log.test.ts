import { expect, test } from "vitest";
import { createLog, currentTraceId, newTraceId, runWithTrace } from "./log";

const linesOf = (write: (log: ReturnType<typeof createLog>) => void) => {
  const lines: string[] = [];
  write(createLog({ write: (line) => void lines.push(line) }, "info"));
  return lines.map((line) => JSON.parse(line) as Record<string, never>);
};

test("what is logged in a request carries its trace id, also after a wait", async () => {
  const traceId = newTraceId();
  const seen = await runWithTrace(traceId, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return [currentTraceId(), linesOf((log) => log.info({ event: "x" }))[0]?.traceId];
  });
  expect(seen).toEqual([traceId, traceId]);
  expect(linesOf((log) => log.info("outside"))[0]).not.toHaveProperty("traceId");
});

test("secrets are not written, at the top or one level down", () => {
  const secrets = { password: "hunter2", authorization: "Bearer hunter2", cookie: "hunter2", refresh_token: "hunter2" };
  const [line] = linesOf((log) => log.info({ ...secrets, headers: secrets, user: "ada" }));
  expect(JSON.stringify(line)).not.toContain("hunter2");
  expect(line).toMatchObject({ user: "ada", password: "[redacted]" });
});

test("an error keeps its code and cause, and loses the values of a failed query", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505" });
  const error = new Error("Failed query: insert into t values ($1)\nparams: hunter2,second\nline of hunter2", {
    cause,
  });
  const [line] = linesOf((log) => log.error({ err: error }));
  expect(line).toMatchObject({ err: { message: "Failed query: insert into t values ($1)", cause: { code: "23505" } } });
  expect(JSON.stringify(line)).not.toContain("hunter2");
});
