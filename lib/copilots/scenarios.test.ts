import { type AGUIEvent, type BaseEvent, EventType, type RunAgentInput, verifyEvents } from "@ag-ui/client";
import { tool } from "ai";
import { lastValueFrom, toArray } from "rxjs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  PROVIDER_STATUS_EVENT,
  RECOVERY_ACTIVITY,
  RECOVERY_EVENT,
  type RecoveryNotice,
  type RecoveryReceipt,
} from "@/contract/failures";
import { RunContext } from "@/lib/context/run-context";
import { positions } from "@/lib/failures/scenarios/fault";
import { courses, faultClasses, findScenario, type Scenario } from "@/lib/failures/scenarios/scenario";
import type { RequestIdentity } from "@/lib/gateway/identity";
import { freeMeter } from "@/lib/models/call-meter";
import { createModelHealth } from "@/lib/models/model-health";
import { offlineModel } from "@/lib/models/registry";
import { inputFor, messagesOf } from "@/test/run-cluster";
import { Copilot, type CopilotDefinition } from "./copilot";

// Each scenario as the demo plays it: the offline model behind the real client, with the fault between the two.

const admin = { userId: "u", email: "", tenantId: "t", tenantSlug: "t", tenantName: "T", role: "admin" } as const;
const ANSWER = "The search did not work just now, so I cannot answer from your documents. Please try again.";

async function play(scenario: string | undefined, identity: RequestIdentity = admin, result?: unknown) {
  let searches = 0;
  const definition: CopilotDefinition = {
    id: "searcher",
    description: "",
    begin: () => ({
      instructions: "Search.",
      tools: {
        search_documents: tool({
          // As short as that of the real search.
          inputSchema: z.object({ query: z.string().max(200) }),
          execute: async () => {
            searches++;
            return result ?? { found: searches };
          },
        }),
      },
    }),
  };
  const health = createModelHealth();
  const copilot = new Copilot(definition, identity, {
    models: () => [offlineModel(100_000)],
    health,
    meter: () => freeMeter,
    context: async ({ thread }) => RunContext.inMemory(thread),
  });
  const input: RunAgentInput = { ...inputFor("thr_1", "What is the return window?"), forwardedProps: { scenario } };
  const events = (await lastValueFrom(
    copilot.run(input).pipe(verifyEvents(false), toArray<BaseEvent>()),
  )) as AGUIEvent[];
  const started = { type: EventType.RUN_STARTED, threadId: "", runId: "", input } as AGUIEvent;
  const messages = messagesOf([started, ...events.slice(1)]);
  const custom = (name: string) =>
    events.flatMap((event) => (event.type === EventType.CUSTOM && event.name === name ? [event.value as unknown] : []));
  const receipt = messages.find(
    (message) => message.role === "activity" && message.activityType === RECOVERY_ACTIVITY,
  )?.content;
  const last = events.at(-1) as { code?: string; message?: string };
  return {
    searches,
    code: last.code,
    told: JSON.stringify(events),
    answers: messages.flatMap(({ role, content }) => (role === "assistant" && content ? [content] : [])),
    notices: custom(RECOVERY_EVENT) as RecoveryNotice[],
    status: custom(PROVIDER_STATUS_EVENT),
    receipt: receipt as RecoveryReceipt | undefined,
    health,
  };
}

type Outcome = "answers" | "answered by the second" | "stands" | "fails";

function expectedOf({ class: name, at, course }: Scenario): Outcome {
  if (name === "output_truncated" && at === "text") return "stands";
  if (["content_filter", "invalid_request"].includes(name)) return "fails";
  const elsewhere = ["quota_exhausted", "auth", "model_not_found"].includes(name);
  if (course === "once") return elsewhere ? "fails" : "answers";
  const switches =
    elsewhere || ["rate_limit", "provider_outage", "network", "timeout", "stream_truncated"].includes(name);
  return course === "second" && switches ? "answered by the second" : "fails";
}

const all = faultClasses
  .flatMap((name) => positions.flatMap((at) => courses.map((course) => `${name}.${at}.${course}`)))
  .flatMap((name) => findScenario(name) ?? []);

describe("each scenario that exists", () => {
  const played = new Map<string, Awaited<ReturnType<typeof play>>>();
  // Some of them wait for seconds, as people see them wait; side by side they take no longer than the longest.
  beforeAll(async () => {
    await Promise.all(all.map(async ({ name }) => played.set(name, await play(name))));
  }, 60_000);

  test.each(all)("$name", (scenario) => {
    const outcome = played.get(scenario.name);
    if (!outcome) throw new Error("it was not played");
    const { code, answers, searches, notices, receipt, told, health } = outcome;
    const expected = expectedOf(scenario);
    expect(told).not.toMatch(
      /maximum context length|exceeded your current|Incorrect API key|offline\.invalid|ECONNRESET/,
    );
    expect(health.breakers.list()).toEqual([]);
    // A repaired history tells of its tools in words, which the offline model does not read: it searches again.
    expect(searches).toBeLessThanOrEqual(scenario.class === "history_corrupt" ? 2 : 1);
    if (expected === "fails") {
      expect(code).toBe(scenario.class);
      return;
    }
    expect(code).toBeUndefined();
    expect(notices[0]).toMatchObject({ state: "recovering", class: scenario.class });
    expect(receipt?.steps[0]).toMatchObject({ class: scenario.class, model: "Offline model" });
    if (expected === "stands") {
      expect(ANSWER.startsWith(answers.join(""))).toBe(true);
      expect(receipt?.steps[0]?.action).toBe("keep");
      return;
    }
    expect(answers).toEqual([ANSWER]);
    expect(searches).toBeGreaterThan(0);
    expect(receipt?.answeredBy).toBe(expected === "answers" ? null : "Offline model (second)");
  });
});

test.each(["context_overflow", "payload_too_large"])("after %s what a tool returns is read whole", async (scenario) => {
  const nearest = Array.from({ length: 40 }, (_, n) => ({ documentId: `doc_${n}`, title: `Handbook number ${n}` }));
  const found = { query: "return window", answered: false, passages: [], nearest };
  const { answers, receipt } = await play(scenario, admin, found);
  expect(receipt?.steps[0]?.action).toBe("shrink");
  expect(answers).toEqual([expect.stringContaining("Handbook number 39")]);
});

test("while the first model is left alone the run says so, and until when", async () => {
  const { status } = await play("provider_outage.second");
  expect(status).toEqual([
    { resting: [{ model: "Offline model", until: expect.any(Number) }], answering: "Offline model (second)" },
  ]);
});

test("a scenario is nothing to a member, and nothing to anybody outside development and the demo", async () => {
  expect((await play("auth.always", { ...admin, role: "member" })).code).toBeUndefined();
  vi.resetModules();
  vi.stubEnv("FLIGHTDECK_DEMO", "0");
  const { scenariosEnabled } = await import("@/lib/env");
  const { Copilot: Anew } = await import("./copilot");
  expect(scenariosEnabled()).toBe(false);
  const scenarioOf = Reflect.get(Anew.prototype, "scenarioOf") as (input: object) => unknown;
  expect(scenarioOf.call({ identity: admin }, { forwardedProps: { scenario: "auth.always" } })).toBeNull();
  vi.unstubAllEnvs();
});
