import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../..", import.meta.url).pathname;
const VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Every verb that a route file of the app exports, as "VERB /path/[param]", read from the files; those below `pages/` take every verb. */
export function appRoutes(): string[] {
  const routes = globSync("app/**/route.ts", { cwd: root }).flatMap((file) => {
    const path = `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`;
    const source = readFileSync(join(root, file), "utf8");
    const exported = source.match(/^export .*$/gm)?.join("\n") ?? "";
    return VERBS.filter((verb) => new RegExp(`\\b${verb}\\b`).test(exported)).map((verb) => `${verb} ${path}`);
  });
  const raw = globSync("pages/**/*.{ts,tsx}", { cwd: root }).flatMap((file) =>
    VERBS.map((verb) => `${verb} /${file.replace(/^pages\//, "").replace(/\.tsx?$/, "")}`),
  );
  return [...routes, ...raw].sort();
}

/** Every kind of route that the installed CopilotKit runtime knows, read from its own router. */
export function copilotKinds(): string[] {
  const router = join(root, "node_modules/@copilotkit/runtime/dist/v2/runtime/core/fetch-router.mjs");
  return [
    ...new Set([...readFileSync(router, "utf8").matchAll(/method: "([^"]+)"/g)].map(([, kind]) => kind ?? "")),
  ].sort();
}

/** The ids of the server actions in the build under test. */
export function serverActions(distDir: string): { id: string; name: string }[] {
  const manifest = JSON.parse(readFileSync(join(root, distDir, "server/server-reference-manifest.json"), "utf8"));
  return Object.entries(manifest.node as Record<string, { exportedName?: string; filename?: string }>).map(
    ([id, action]) => ({
      id,
      name: `${action.filename ?? "?"} ${action.exportedName ?? "?"}`,
    }),
  );
}
