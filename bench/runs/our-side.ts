import { rmSync } from "node:fs";
import pg from "pg";
import { newId } from "@/db/ids";
import { demoPassword } from "@/db/seed/demo";
import { LOCAL_AUTH_PATH, LOCAL_PUBLISHABLE_KEY } from "@/lib/local-auth/names";
import { paths } from "@/lib/paths";
import { freeBasePort } from "@/scripts/launch/ports";
import { makeHome, startFlightdeck } from "@/test/flightdeck";
import { answerPerf, question } from "./history";
import { streamRun } from "./load";
import type { Side, Thread } from "./side";

const TENANT = "acme";
const EMAIL = "ben@acme.test";

export interface Ours extends Side {
  postgresPid: number | undefined;
  /** A conversation that was really had: so many runs, of so many tokens each. */
  ask(threadId: string, tokens: number[]): Promise<void>;
  /** A second web process on the same database. */
  startSecond(): Promise<Side>;
}

/** `npm start` on a database of its own, with Postgres and everything else that it has by default. */
export async function startOurs(databaseUrl: string): Promise<Ours> {
  const first = await startNode(databaseUrl);
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const headers = { authorization: `Bearer ${await signIn(first.url)}`, "x-tenant": TENANT };
  const owner = await ownerOf(admin);
  const templates = new Map<number, string>();

  const template = async (messages: number): Promise<string> => {
    const known = templates.get(messages);
    if (known) return known;
    const id = await insertThread(admin, owner);
    await ask(
      id,
      Array.from({ length: messages / 2 }, (_, turn) => answerPerf(turn)),
    );
    templates.set(messages, id);
    return id;
  };
  const ask = async (threadId: string, answers: { n: number; rate: number; md: boolean; seed: number }[]) => {
    for (const perf of answers)
      await streamRun(ours, { id: threadId, history: [] }, question(`Question ${perf.seed}`), perf);
  };
  const storeThread = async (messages: number) => copyThread(admin, owner, await template(messages));
  const makeThreads = async (count: number, history: number): Promise<Thread[]> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++)
      ids.push(history > 0 ? await storeThread(history) : await insertThread(admin, owner));
    // The server has the history.
    return ids.map((id) => ({ id, history: [] }));
  };
  const side = (node: Awaited<ReturnType<typeof startNode>>): Side => ({
    name: "ours",
    url: node.url,
    origin: node.origin,
    headers,
    webPid: node.webPid,
    closedPath: paths.assistant(TENANT),
    makeThreads,
    storeThread,
    enter: async (context) => {
      const page = await context.newPage();
      await page.goto(`${node.origin}${paths.signIn()}`);
      await page.getByRole("button", { name: EMAIL }).click();
      await page.waitForURL(`**${paths.assistant(TENANT)}`);
      await page.close();
    },
    chatPath: (thread, perf) => `/${TENANT}/scripted?${new URLSearchParams({ thread, perf: JSON.stringify(perf) })}`,
    stop: node.stop,
  });
  const stops: (() => Promise<void>)[] = [];
  const ours: Ours = {
    ...side(first),
    postgresPid: await postgresPidOf(admin),
    ask: (threadId, tokens) =>
      ask(
        threadId,
        tokens.map((n, seed) => ({ n, rate: 0, md: true, seed })),
      ),
    startSecond: async () => {
      const second = await startNode(databaseUrl);
      stops.push(second.stop);
      return side(second);
    },
    stop: async () => {
      await Promise.all([first.stop(), ...stops.map((stop) => stop())]);
      await admin.end();
    },
  };
  return ours;
}

async function startNode(databaseUrl: string) {
  const home = makeHome();
  const app = await startFlightdeck({
    home,
    port: await freeBasePort(23_000),
    env: {
      DATABASE_URL: databaseUrl,
      FLIGHTDECK_SCRIPTED: "1",
      FLIGHTDECK_DEMO: "1",
      // One person asks for all of them.
      FLIGHTDECK_REQUESTS_PER_MINUTE: "1000000",
      FLIGHTDECK_RUNS_PER_MINUTE: "1000000",
      OPENAI_API_KEY: "",
      SUPABASE_URL: "",
      LOG_LEVEL: "warn",
    },
  }).catch((error) => {
    rmSync(home, { recursive: true, force: true });
    throw error;
  });
  const web = app.children.find(({ name }) => name === "web");
  if (!web) throw new Error(`npm start names no web process:\n${app.output()}`);
  return {
    origin: app.url,
    url: app.url.replace("localhost", "127.0.0.1"),
    webPid: web.pid,
    stop: async () => {
      await app.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}${LOCAL_AUTH_PATH}/token?grant_type=password`, {
    method: "POST",
    headers: { "content-type": "application/json", apikey: LOCAL_PUBLISHABLE_KEY },
    body: JSON.stringify({ email: EMAIL, password: demoPassword }),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Owner {
  tenantId: string;
  userId: string;
}

async function ownerOf(admin: pg.Pool): Promise<Owner> {
  const { rows } = await admin.query<Owner>(
    `select m.tenant_id as "tenantId", m.user_id as "userId" from flightdeck.memberships m
      join flightdeck.tenants t on t.id = m.tenant_id where t.slug = $1 and m.email = $2`,
    [TENANT, EMAIL],
  );
  if (!rows[0]) throw new Error(`${EMAIL} is no member of ${TENANT}`);
  return rows[0];
}

/** As the threads API does, without the thousands of requests that are not what is measured. */
async function insertThread(admin: pg.Pool, { tenantId, userId }: Owner): Promise<string> {
  const id = newId("thr");
  await admin.query("insert into flightdeck.threads (id, tenant_id, user_id, agent) values ($1, $2, $3, 'scripted')", [
    id,
    tenantId,
    userId,
  ]);
  return id;
}

async function copyThread(admin: pg.Pool, owner: Owner, from: string): Promise<string> {
  const id = await insertThread(admin, owner);
  await admin.query(
    `insert into flightdeck.messages (tenant_id, thread_id, id, run_id, user_id, position, role, message, text)
      select tenant_id, $1, id, run_id, user_id, position, role, message, text from flightdeck.messages where thread_id = $2`,
    [id, from],
  );
  return id;
}

/** Of a server on this machine whose administrator we are; elsewhere its processor time is not ours to read. */
async function postgresPidOf(admin: pg.Pool): Promise<number | undefined> {
  try {
    const { rows } = await admin.query<{ file: string }>("select pg_read_file('postmaster.pid') as file");
    return Number(rows[0]?.file.split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}
