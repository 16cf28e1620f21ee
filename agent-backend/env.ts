import { z } from "zod";

// An empty value in a .env file means "not set".
const orDefault = <T extends z.ZodTypeAny>(inner: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), inner);

const schema = z.object({
  PORT: orDefault(z.coerce.number().int().default(3001)),
  /** The interface to listen on. Loopback unless web runs on another machine. */
  HOST: orDefault(z.string().default("127.0.0.1")),
  /** What the web signs its run tokens with. */
  RUN_TOKEN_SECRET: orDefault(z.string().min(32, "needs at least 32 characters")),
  /** Real systems outside; a sandbox stands in for each that is not set. */
  PAYMENT_API_URL: orDefault(z.string().url().optional()),
  PAYMENT_API_KEY: orDefault(z.string().optional()),
  SHIPPING_API_URL: orDefault(z.string().url().optional()),
  SHIPPING_API_KEY: orDefault(z.string().optional()),
  CATALOG_API_URL: orDefault(z.string().url().optional()),
  CATALOG_API_KEY: orDefault(z.string().optional()),
  SMTP_URL: orDefault(z.string().url().optional()),
  SMTP_FROM: orDefault(z.string().default("orders@localhost")),
  /** How long a process that says nothing may keep a thread before another goes on with it. */
  LEASE_MS: orDefault(z.coerce.number().int().min(500).default(6_000)),
  /** How many threads of batches, or of dead processes, run at once here. Whatever a person starts runs besides. */
  RUNS_AT_ONCE: orDefault(z.coerce.number().int().min(1).max(200).default(8)),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The agent backend's settings; the only reader of process.env on this side. Throws naming each variable that is wrong. */
export function env(): Env {
  parsed ??= envFrom(process.env);
  return parsed;
}

/** Settings from given variables. Throws naming each that is wrong. */
export function envFrom(variables: Record<string, string | undefined>): Env {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Settings are wrong. ${problems.join("; ")}`);
}
