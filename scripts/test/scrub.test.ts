import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../bootstrap/checkout.mjs";
import { scrubbed } from "./scrub";

test("no key and no setting of the caller reaches a test, and .env cannot bring one back", () => {
  const env = scrubbed(
    {
      NODE_ENV: "test",
      PATH: "/bin",
      OPENAI_API_KEY: "sk-1",
      DATABASE_URL: "postgres://production",
      SUPABASE_SECRET_KEY: "sb_secret_1",
      ANTHROPIC_API_KEY: "sk-2",
      LANGSMITH_TRACING: "true",
      PLAYWRIGHT_CHROMIUM_PATH: "/usr/bin/chromium",
    },
    join(root, ".env.example"),
  );
  expect(env).toMatchObject({ PATH: "/bin", PLAYWRIGHT_CHROMIUM_PATH: "/usr/bin/chromium" });
  expect(env).toMatchObject({
    OPENAI_API_KEY: "",
    DATABASE_URL: "",
    SUPABASE_SECRET_KEY: "",
    FALLBACK_OPENAI_API_KEY: "",
  });
  expect(env.ANTHROPIC_API_KEY).toBeUndefined();
  expect(env.LANGSMITH_TRACING).toBeUndefined();
});
