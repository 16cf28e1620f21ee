import { z } from "zod";
import { priceOverridesSchema, toolPricesSchema } from "@/contract/settings";
import { copilotModelsSchema } from "@/lib/models/copilot-models";

// An empty value in a .env file means "not set".
const text = z.preprocess((value) => (value === "" ? undefined : value), z.string().optional());
const flag = z.preprocess((value) => value === "1" || value === "true", z.boolean());

const orDefault = <T extends z.ZodTypeAny>(inner: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner);

/** Words separated by commas; none at all is "not set". */
const list = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  const words = value.split(",").map((word) => word.trim());
  return words.some(Boolean) ? words.filter(Boolean) : undefined;
}, z.array(z.string().max(200)).max(50).optional());

/** A value written as JSON. What is no JSON is left to the schema, whose message names the variable. */
const json = <T extends z.ZodTypeAny>(inner: T) =>
  z.preprocess((value) => {
    if (typeof value !== "string" || value === "") return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, inner.optional());

/** Where the OpenAI client goes by itself. The client throws on an empty OPENAI_BASE_URL, so `npm start` writes this one there. */
export const OPENAI_DEFAULT_BASE_URL = "https://api.openai.com/v1";
const openAiBaseUrl = z.preprocess((value) => (value === OPENAI_DEFAULT_BASE_URL ? undefined : value), text);

/** Settings that mean nothing alone. A local model server that needs no key still needs a word in its key's place. */
const DEPENDENT_SETTINGS = [
  { given: "SUPABASE_URL", needs: "SUPABASE_PUBLISHABLE_KEY" },
  { given: "SUPABASE_PUBLISHABLE_KEY", needs: "SUPABASE_URL" },
  { given: "SUPABASE_SECRET_KEY", needs: "SUPABASE_URL" },
  { given: "OPENAI_BASE_URL", needs: "OPENAI_API_KEY" },
  { given: "OPENAI_MODEL", needs: "OPENAI_API_KEY" },
  { given: "OPENAI_MODELS", needs: "OPENAI_API_KEY" },
  { given: "COPILOT_MODELS", needs: "OPENAI_API_KEY" },
  { given: "FALLBACK_OPENAI_BASE_URL", needs: "FALLBACK_OPENAI_API_KEY" },
  // The default model is OpenAI's own; another server does not have it.
  { given: "FALLBACK_OPENAI_BASE_URL", needs: "FALLBACK_OPENAI_MODEL" },
  { given: "FALLBACK_OPENAI_MODEL", needs: "FALLBACK_OPENAI_API_KEY" },
] as const;

const schema = z
  .object({
    PORT: orDefault(z.coerce.number().int().default(3000)),
    /** Where people reach the app; cookies are `Secure` and origins are checked by it. */
    APP_URL: text,
    FLIGHTDECK_HOME: orDefault(z.string().default(".flightdeck")),
    AGENT_BACKEND_URL: text,
    /** Signs what the web tells the agent backend about who is asking. `npm start` makes one when it starts both. */
    RUN_TOKEN_SECRET: text,
    SUPABASE_URL: text,
    SUPABASE_PUBLISHABLE_KEY: text,
    SUPABASE_SECRET_KEY: text,
    OPENAI_API_KEY: text,
    OPENAI_BASE_URL: openAiBaseUrl,
    OPENAI_MODEL: text,
    /** Further models of the same provider that people may choose, as far as their tenant allows. */
    OPENAI_MODELS: list,
    /** Model and temperature of single copilots, by their id. */
    COPILOT_MODELS: json(copilotModelsSchema),
    FALLBACK_OPENAI_API_KEY: text,
    FALLBACK_OPENAI_BASE_URL: text,
    FALLBACK_OPENAI_MODEL: text,
    /** Prices of models that the table does not know, or knows otherwise. */
    MODEL_PRICES: json(priceOverridesSchema),
    /** Prices of tools that somebody charges for, by the call. */
    TOOL_PRICES: json(toolPricesSchema),
    REDIS_URL: text,
    /** Demo tenants and one-click sign-in. On unless an operator sets a Supabase project or turns it off. */
    FLIGHTDECK_DEMO: text,
    FLIGHTDECK_SCRIPTED: flag,
    /** The examples of lib/copilots/kinds. */
    FLIGHTDECK_KINDS: flag,
    /** The local auth stand-in answers loopback only unless this is set. */
    FLIGHTDECK_LOCAL_AUTH_PUBLIC: flag,
    /** Requests a user may make in a minute, and agent runs a user may start in a minute. */
    FLIGHTDECK_REQUESTS_PER_MINUTE: orDefault(z.coerce.number().int().positive().default(600)),
    FLIGHTDECK_RUNS_PER_MINUTE: orDefault(z.coerce.number().int().positive().default(120)),
    /** What a whole tenant may, where its own settings do not say otherwise. Not set: no limit. */
    FLIGHTDECK_TENANT_RUNS_PER_MINUTE: orDefault(z.coerce.number().int().positive().optional()),
    FLIGHTDECK_TENANT_RUNS_AT_ONCE: orDefault(z.coerce.number().int().positive().optional()),
    LOG_LEVEL: orDefault(z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info")),
  })
  .superRefine((settings, context) => {
    // Half a provider would fail at the first sign-in or question, far from the cause.
    for (const { given, needs } of DEPENDENT_SETTINGS) {
      if (settings[given] && !settings[needs])
        context.addIssue({ code: "custom", path: [needs], message: `is missing, and ${given} is set` });
    }
  });

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The web process's settings; the only reader of process.env on this side. Throws naming each variable that is wrong. */
export function env(): Env {
  if (!parsed) {
    const result = schema.safeParse(process.env);
    if (!result.success) {
      const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      throw new Error(`Settings are wrong. ${problems.join("; ")}`);
    }
    parsed = result.data;
  }
  return parsed;
}

/** Whether the demo's accounts exist and may be offered for signing in. */
export function demoEnabled(): boolean {
  const { FLIGHTDECK_DEMO, SUPABASE_URL } = env();
  return FLIGHTDECK_DEMO === undefined ? !SUPABASE_URL : !["0", "false"].includes(FLIGHTDECK_DEMO);
}

/** Whether an administrator may make failures happen to their own runs: while developing, and in the demo. */
export function scenariosEnabled(): boolean {
  return process.env.NODE_ENV === "development" || demoEnabled();
}
