/** What a tenant's admins may set. One schema: the page, the web and the agent backend read and check by it. */
import { z } from "zod";
import { invoicePolicySchema } from "./invoices";
import { orderPolicySchema } from "./orders";

/** A model as the provider names it: `gpt-5-mini`, `openai/gpt-5-mini`, `llama3.1:8b`. */
export const modelIdSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(200, "must have at most 200 characters")
  .regex(/^[\w.:/@+-]+$/, "must be a model's name, without spaces");

const usd = (max: number) =>
  z
    .number({ invalid_type_error: "must be a number", required_error: "is missing" })
    .finite("must be a number")
    .min(0, "must not be negative")
    .max(max, `must be at most ${max.toLocaleString("en")}`);

/** US dollars per million tokens. Without one of their own, cached input costs what input does, and reasoning what output does. */
export const modelPriceSchema = z
  .object({
    input: usd(100_000),
    cachedInput: usd(100_000).optional(),
    output: usd(100_000),
    reasoning: usd(100_000).optional(),
  })
  .strict();

/** Prices by model id, exactly as it is configured: `{"llama-4": {"input": 0.2, "output": 0.6}}`. */
export const priceOverridesSchema = z.record(modelPriceSchema);
export type PriceOverrides = z.infer<typeof priceOverridesSchema>;

/** US dollars for each call of a tool that somebody charges for: `{"web_search": 0.01}`. */
export const toolPricesSchema = z.record(usd(1_000));
export type ToolPrices = z.infer<typeof toolPricesSchema>;

const count = (max: number) =>
  z
    .number({ invalid_type_error: "must be a whole number" })
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(max, `must be at most ${max.toLocaleString("en")}`);

/** Below the first a conversation would be condensed all the time, above the second there is no room for the answer. */
export const compactAtSchema = z
  .number({ invalid_type_error: "must be a number" })
  .min(0.3, "must be at least 30 %")
  .max(0.9, "must be at most 90 %");

/** Null means: as the installation has it. */
export const tenantSettingsSchema = z.object({
  /** The models that may be asked; null: every one that is configured. */
  allowedModels: z.array(modelIdSchema).min(1, "must name a model").max(50).nullable().default(null),
  /** Asked instead of the others once a soft limit is passed. */
  cheaperModel: modelIdSchema.nullable().default(null),
  /** Whether a question that was answered before may be answered from memory. */
  answerCache: z.boolean().default(false),
  /** Share of the model's window from which on older turns are condensed. */
  compactAt: compactAtSchema.default(0.7),
  /** Go before the installation's. */
  priceOverrides: priceOverridesSchema.default({}),
  toolPrices: toolPricesSchema.default({}),
  /** Runs that the whole tenant may start in a minute, and may have going at once; and each member. */
  runsPerMinute: count(100_000).nullable().default(null),
  runsAtOnce: count(10_000).nullable().default(null),
  memberRunsAtOnce: count(10_000).nullable().default(null),
  documentsMax: count(1_000_000).nullable().default(null),
  documentBytesMax: count(1024 ** 4)
    .nullable()
    .default(null),
  /** How long the events of a finished answer are kept. The conversation itself stays. */
  runEventsKeepHours: count(24 * 365)
    .nullable()
    .default(null),
  /** After so long what was deleted is removed for good. */
  deletedKeepDays: count(3_650).nullable().default(null),
  orderPolicy: orderPolicySchema.default({}),
  invoicePolicy: invoicePolicySchema.default({}),
});
export type TenantSettings = z.infer<typeof tenantSettingsSchema>;

/** Some of the settings, to be changed. */
export const settingsChangeSchema = tenantSettingsSchema.partial().strict();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

const shape = tenantSettingsSchema.shape;

/** The settings as they are stored, each one that is missing or makes no sense replaced by its default. */
export function readSettings(stored: Record<string, unknown> | null | undefined): TenantSettings {
  const read = (name: keyof typeof shape) => {
    const field = shape[name];
    const result = field.safeParse(stored?.[name]);
    return [name, result.success ? result.data : field.parse(undefined)];
  };
  return Object.fromEntries((Object.keys(shape) as (keyof typeof shape)[]).map(read)) as TenantSettings;
}
