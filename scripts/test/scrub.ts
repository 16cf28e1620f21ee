import { readFileSync } from "node:fs";
import { OPENAI_DEFAULT_BASE_URL } from "@/lib/env";

/** What the suite itself is told by its caller. */
const KEPT = new Set(["PLAYWRIGHT_CHROMIUM_PATH"]);
const SECRET = /(_API_KEY|_SECRET|_TOKEN|_PASSWORD)$|^(LANGSMITH|LANGCHAIN|OTEL)_/;

/**
 * The caller's environment without the settings of the app and without anybody's keys, so that a test can neither need a secret
 * nor spend one. A setting is emptied rather than removed: an empty one also wins over a developer's .env file.
 */
export function scrubbed(environment: NodeJS.ProcessEnv, exampleFile: string): NodeJS.ProcessEnv {
  const settings = readFileSync(exampleFile, "utf8").matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm);
  const env: NodeJS.ProcessEnv = { ...environment };
  for (const [, name = ""] of settings) if (!KEPT.has(name)) env[name] = "";
  for (const name of Object.keys(env)) if (SECRET.test(name) && !(name in env && env[name] === "")) delete env[name];
  // Its client throws on an empty one; this is where it goes by itself, and no key lets it.
  env.OPENAI_BASE_URL = OPENAI_DEFAULT_BASE_URL;
  return env;
}
