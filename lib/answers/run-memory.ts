/**
 * Answers that are given again. Off unless a tenant turns it on. An answer is repeated only where it would come out the same: the first
 * question of a conversation, the same words, the same copilot and model, a member of the same role, and not a document changed since.
 * Postgres keeps it within the tenant and the role besides.
 */
import type { AGUIEvent, Message, RunAgentInput } from "@ag-ui/core";
import { and, eq, gt, ne, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { auditLog, rememberedAnswers } from "@/db/schema";
import { type Doors, type TenantContext, withRunner, withTenant } from "@/db/with-tenant";
import { getCorpusState } from "@/lib/knowledge/corpus-state";
import type { ChatModel } from "@/lib/models/registry";
import { settingsOf } from "@/lib/settings/get-settings";
import { log } from "@/lib/telemetry/log";
import { eventsOfAnswer } from "./answer-events";
import { keyOf, plainQuestion } from "./question-key";

const DAYS_MAX = 30;
const MESSAGES_BYTES_MAX = 256 * 1024;

export interface RunMemoryParts {
  context: TenantContext;
  agent: string;
  instructions: string;
  model: ChatModel;
  input: RunAgentInput;
  doors?: Pick<Doors, "withTenant" | "withRunner">;
}

/** What one run may give again, and what it leaves to be given again. */
export interface RunMemory {
  /** The events of an earlier answer, or null. */
  recall(): Promise<AGUIEvent[] | null>;
  /** Keeps the messages of a whole and sound answer. */
  keep(messages: readonly Message[], costUsd: number | null): Promise<void>;
}

/** Null where nothing may be repeated. A memory that cannot be read costs the question nothing: it is answered. */
export async function openRunMemory(parts: RunMemoryParts): Promise<RunMemory | null> {
  const { context, input, agent, doors = { withTenant, withRunner } } = parts;
  const questions = input.messages.flatMap(({ role, content }) => (role === "user" ? [content] : []));
  const question = questions.at(-1);
  const before = questions.at(-2);
  if (typeof question !== "string" || plainQuestion(question) === "") return null;
  const where = { tenantId: context.tenantId, agent, threadId: input.threadId, runId: input.runId };
  const unlessItFails = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      log.warn({ event: "answer.memory_failed", ...where, err: error });
      return null;
    }
  };
  const settings = await unlessItFails(() => settingsOf(context.tenantId, doors));
  if (!settings?.answerCache) return null;
  const asked = new AskedOnce(parts, question, doors);
  if (before !== undefined) {
    // Somebody who asks the same again wants another answer, and so will the next who asks.
    if (typeof before === "string" && plainQuestion(before) === plainQuestion(question))
      await unlessItFails(() => asked.forget());
    return null;
  }
  if (input.messages.length > 1) return null;
  return {
    recall: () => unlessItFails(() => asked.recall()),
    keep: async (messages, costUsd) => void (await unlessItFails(() => asked.keep(messages, costUsd))),
  };
}

class AskedOnce {
  private known: { key: string; corpus: string } | undefined;

  constructor(
    private readonly parts: RunMemoryParts,
    private readonly question: string,
    private readonly doors: Pick<Doors, "withTenant">,
  ) {}

  async recall(): Promise<AGUIEvent[] | null> {
    const { context, input, agent } = this.parts;
    const { tenantId, userId } = context;
    const found = await this.doors.withTenant(context, async (tx) => {
      // Kept for `keep`: an answer that was begun on these documents must not count for those that came while it was written.
      this.known = await this.identify(tx);
      const [row] = await tx
        .select()
        .from(rememberedAnswers)
        .where(
          and(
            eq(rememberedAnswers.tenantId, tenantId),
            eq(rememberedAnswers.key, this.known.key),
            gt(rememberedAnswers.createdAt, sql`now() - make_interval(days => ${DAYS_MAX})`),
          ),
        );
      if (!row) return null;
      const { threadId, runId } = input;
      const detail = { agent, threadId, runId, savedMicroUsd: row.costMicroUsd };
      await tx
        .insert(auditLog)
        .values({ id: newId("aud"), tenantId, userId, action: "answer.reuse", target: row.id, detail });
      log.info({ event: "answer.reused", tenantId, answer: row.id, ...detail });
      return row;
    });
    if (!found) return null;
    const { messages, createdAt, model } = found;
    return eventsOfAnswer(messages as Message[], { answeredAt: createdAt.toISOString(), model });
  }

  async keep(messages: readonly Message[], costUsd: number | null): Promise<void> {
    const { context, input, model } = this.parts;
    const { tenantId, userId, role } = context;
    const { known } = this;
    if (!known || JSON.stringify(messages).length > MESSAGES_BYTES_MAX) return;
    const { key, corpus } = known;
    await this.doors.withTenant(context, async (tx) => {
      const older = and(eq(rememberedAnswers.tenantId, tenantId), ne(rememberedAnswers.corpus, corpus));
      await tx.delete(rememberedAnswers).where(older);
      await tx
        .insert(rememberedAnswers)
        .values({
          id: newId("ans"),
          tenantId,
          userId,
          threadId: input.threadId,
          forAdmins: role === "admin",
          key,
          corpus,
          model: model.label,
          messages: [...messages],
          costMicroUsd: costUsd === null ? null : Math.round(costUsd * 1_000_000),
        })
        .onConflictDoNothing();
    });
  }

  async forget(): Promise<void> {
    const { context } = this.parts;
    await this.doors.withTenant(context, async (tx) => {
      const { key } = await this.identify(tx);
      const same = and(eq(rememberedAnswers.tenantId, context.tenantId), eq(rememberedAnswers.key, key));
      await tx.delete(rememberedAnswers).where(same);
    });
  }

  private async identify(tx: Parameters<typeof getCorpusState>[0]): Promise<{ key: string; corpus: string }> {
    const { context, agent, instructions, model } = this.parts;
    const corpus = await getCorpusState(tx, context);
    const { tenantId, role } = context;
    const { provider, modelId } = model;
    const { question } = this;
    return { corpus, key: keyOf({ tenantId, role, agent, instructions, provider, modelId, question, corpus }) };
  }
}
