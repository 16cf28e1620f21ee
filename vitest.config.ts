import { defineConfig } from "vitest/config";

const folders = "{lib,db,contract,components,app,agent-backend,scripts,bench,test}";
const needsPostgres = `${folders}/**/*.db.test.{ts,tsx}`;
const startsTheApp = `${folders}/**/*.launch.test.ts`;

// The name of a test file says what it needs: x.test.ts nothing, x.db.test.ts a Postgres, x.launch.test.ts a build of the web
// and processes of its own. `npm run check` runs the first kind, `npm test` all.
export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    // In tests there is no client bundle to keep server modules out of.
    alias: { "server-only": new URL("./node_modules/server-only/empty.js", import.meta.url).pathname },
  },
  test: {
    exclude: ["**/node_modules/**", "**/.next/**"],
    env: { COPILOTKIT_TELEMETRY_DISABLED: "true", LOG_LEVEL: "silent" },
    setupFiles: ["test/property-seed.setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A second, which is the default, is less than a busy machine may take for a statement.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: "unit", include: [`${folders}/**/*.test.{ts,tsx}`], exclude: [needsPostgres, startsTheApp] },
      },
      {
        extends: true,
        test: { name: "integration", include: [needsPostgres], globalSetup: ["test/postgres.setup.ts"] },
      },
      {
        extends: true,
        test: { name: "launch", include: [startsTheApp], fileParallelism: false, testTimeout: 120_000 },
      },
    ],
  },
});
