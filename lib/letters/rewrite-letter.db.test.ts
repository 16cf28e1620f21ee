import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createModelHealth } from "@/lib/models/model-health";
import { type ChatModel, offlineModel, openAiModel } from "@/lib/models/registry";
import { setBudget } from "@/lib/usage/budgets";
import { WHOLE_TENANT } from "@/lib/usage/ledger";
import { listUsage } from "@/lib/usage/report";
import { createRunMeter } from "@/lib/usage/run-meter";
import { clearOfMidnight } from "@/test/clear-of-midnight";
import { createRunCluster, type RunCluster } from "@/test/run-cluster";
import { startWireFaultServer, type WireFaultServer } from "@/test/wire-fault-server";
import { rewriteLetter } from "./rewrite-letter";

let cluster: RunCluster;
let provider: WireFaultServer;

beforeAll(async () => {
  cluster = await createRunCluster();
  provider = await startWireFaultServer();
});
afterAll(async () => {
  await provider.close();
  await cluster.drop();
});
beforeEach(() => provider.clear());

const LETTER = "Dear Jane,\n\nyour order ORD-1042 is on its way. Charged: 1,190.00 EUR.\n\nKind regards";

function rewrite(model: ChatModel = openAiModel("openai", "test", provider.baseURL, "gpt-4o"), body = LETTER) {
  const { doors } = cluster.database;
  return rewriteLetter(
    cluster.ben,
    { body, wish: "friendlier" },
    { models: async () => [model], meter: (run) => createRunMeter(run, { doors }), health: createModelHealth() },
  );
}

const used = () => {
  const period = { from: new Date(0), to: new Date(Date.now() + 60_000) };
  return listUsage(cluster.ada, period, cluster.database.doors);
};

test("a model gives the letter other words, is told what is wanted and what is data, and is paid for as any call", async () => {
  provider.play({ text: "<letter>\nHello Jane, great news: ORD-1042 left us! We charged 1,190.00 EUR.\n</letter>" });
  expect(await rewrite()).toEqual({ body: "Hello Jane, great news: ORD-1042 left us! We charged 1,190.00 EUR." });
  const [{ messages } = { messages: [] }] = provider.requests;
  expect(messages.at(-1)?.content).toContain(`Wish: friendlier\n\n<letter>\n${LETTER}\n</letter>`);
  expect(await used()).toMatchObject([
    { agent: "letters", userId: cluster.ben.userId, calls: 1, inputTokens: 100, outputTokens: 20 },
  ]);
});

test("a letter whose facts were changed is not taken, and what was changed is named", async () => {
  provider.play({ text: "Hello Jane, ORD-1042 left us. We charged 1,090.00 EUR." });
  await expect(rewrite()).rejects.toMatchObject({
    code: "facts_changed",
    message: expect.stringContaining("1,190.00, 1,090.00"),
  });
});

test("no letter, and no answer, leave the letter as it was", async () => {
  provider.play({ text: "   " }, { text: "   " }, { text: "   " });
  await expect(rewrite()).rejects.toMatchObject({ code: "letter_not_written", status: 502 });
  const away = openAiModel("away", "test", "http://127.0.0.1:9/v1", "gpt-4");
  await expect(rewrite(away)).rejects.toMatchObject({
    code: "letter_not_written",
    message: expect.stringContaining("Your letter is as it was"),
  });
});

test("without a connected model nothing is asked, and nothing beyond an allowance", async () => {
  await expect(rewrite(offlineModel())).rejects.toMatchObject({ code: "no_model", status: 409 });
  await clearOfMidnight();
  await setBudget(
    cluster.ada,
    { subject: WHOLE_TENANT, period: "day", softUsd: null, hardUsd: 0 },
    cluster.database.doors,
  );
  await expect(rewrite()).rejects.toMatchObject({ code: "budget_exhausted" });
  expect(provider.requests).toEqual([]);
});
