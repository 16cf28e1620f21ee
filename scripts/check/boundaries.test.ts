import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../bootstrap/checkout.mjs";

// A gate that reads nothing is green, too: with a compiler that it cannot load, dependency-cruiser sees 0 modules and exits 0.
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "flightdeck-boundaries-"));
  for (const file of [".dependency-cruiser.mjs", "tsconfig.json", "package.json"])
    cpSync(join(root, file), join(folder, file));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cruise(files: Record<string, string>): Promise<string> {
  for (const layer of ["app", "pages", "components", "lib", "db", "contract", "agent-backend"]) {
    rmSync(join(folder, layer), { recursive: true, force: true });
    mkdirSync(join(folder, layer));
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const cli = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [
    "--config",
    ".dependency-cruiser.mjs",
    "app",
    "pages",
    "components",
    "lib",
    "db",
    "contract",
    "agent-backend",
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder }).catch(
    (error) => error,
  );
  return stdout;
}

const value = "export const value = 1;\n";
const imports = (path: string) => `import { value } from "${path}";\nexport const other = value;\n`;

test("imports that go down pass, and are seen", async () => {
  const output = await cruise({ "db/a.ts": value, "lib/b.ts": imports("@/db/a"), "app/c.ts": imports("@/lib/b") });
  expect(output).toMatch(/no dependency violations found \(3 modules, 2 dependencies cruised\)/);
});

const WRONG_WAYS = [
  { rule: "db-is-the-floor", from: "db/up.ts", to: "lib/a.ts" },
  { rule: "lib-is-below-the-ui", from: "lib/up.ts", to: "components/a.ts" },
  { rule: "components-know-no-route", from: "components/down.ts", to: "db/a.ts" },
  { rule: "app-reaches-db-for-types-only", from: "app/down.ts", to: "db/b.ts" },
  { rule: "contract-is-schemas-only", from: "contract/down.ts", to: "lib/b.ts" },
  { rule: "agent-backend-stands-alone", from: "agent-backend/up.ts", to: "lib/c.ts" },
  { rule: "routes-do-not-import-each-other", from: "app/[tenant]/orders/b.ts", to: "app/[tenant]/invoices/a.ts" },
];

test("each import the wrong way is found, under the name of its rule", async () => {
  const files = WRONG_WAYS.flatMap(({ from, to }) => [
    [to, value],
    [from, imports(`@/${to.replace(".ts", "")}`)],
  ]);
  const output = await cruise(Object.fromEntries(files));
  for (const { rule, from, to } of WRONG_WAYS) expect(output).toContain(`error ${rule}: ${from} → ${to}`);
});
