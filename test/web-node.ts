import { createServerClient } from "@supabase/ssr";
import { createClient } from "@supabase/supabase-js";
import type { Doors } from "@/db/with-tenant";
import { createLocalUser } from "@/lib/local-auth/create-local-user";
import { createLocalAuth } from "@/lib/local-auth/handler";
import { LOCAL_AUTH_PATH, LOCAL_PUBLISHABLE_KEY } from "@/lib/local-auth/names";
import { createTestDatabase, type TestDatabase } from "./database";
import { type Served, type ServeRaw, serve } from "./serve";

export const PASSWORD = "flightdeck-demo";

/** A web node of a test: its own database with two tenants, the auth stand-in, and the routes under test behind one HTTP server. */
export interface WebNode extends Served {
  database: TestDatabase;
  users: Record<"ada" | "ben" | "gus" | "olivia" | "nobody", string>;
  tenants: Record<"acme" | "globex", string>;
  /** Signs in with supabase-js and returns the access token. */
  bearerOf(name: string): Promise<string>;
  /** Signs in with @supabase/ssr and returns the `Cookie` header of that browser. */
  cookieOf(name: string, options?: { accessTokenLifetimeS?: number }): Promise<string>;
  stop(): Promise<void>;
}

/** `PORT` must be set to `port` before any module of the app is imported, because the app reads its settings once. */
export async function startWebNode(
  port: number,
  route: (request: Request) => Promise<Response>,
  raw?: ServeRaw,
): Promise<WebNode> {
  const database = await createTestDatabase();
  process.env.FLIGHTDECK_DATABASE_URL = database.url;
  const users = await makeUsers(database.doors);
  const tenants = await makeTenants(database, users);
  const auth = createLocalAuth({ doors: database.doors, allowPublicHosts: false });
  const shortAuth = createLocalAuth({ doors: database.doors, allowPublicHosts: false, accessTokenLifetimeS: 1 });
  const served = await serve(
    (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(LOCAL_AUTH_PATH)) return auth(request);
      return route(request);
    },
    port,
    raw,
  );
  const signIn = { password: PASSWORD };
  return {
    ...served,
    database,
    users,
    tenants,
    bearerOf: async (name) => {
      const supabase = createClient(`${served.url}/supabase`, LOCAL_PUBLISHABLE_KEY, {
        auth: { persistSession: false },
      });
      const { data, error } = await supabase.auth.signInWithPassword({ email: `${name}@acme.test`, ...signIn });
      if (error) throw error;
      return data.session.access_token;
    },
    cookieOf: async (name, { accessTokenLifetimeS } = {}) => {
      const jar = new Map<string, string>();
      const supabase = createServerClient(`${served.url}/supabase`, LOCAL_PUBLISHABLE_KEY, {
        cookies: {
          getAll: () => [...jar].map(([key, value]) => ({ name: key, value })),
          setAll: (changed) => {
            for (const { name: key, value } of changed) jar.set(key, value);
          },
        },
        ...(accessTokenLifetimeS
          ? { global: { fetch: (input, init) => shortAuth(new Request(input, withHost(init))) } }
          : {}),
      });
      const { error } = await supabase.auth.signInWithPassword({ email: `${name}@acme.test`, ...signIn });
      if (error) throw error;
      return [...jar].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("; ");
    },
    stop: async () => {
      await served.close();
      await database.drop();
    },
  };
}

function withHost(init: RequestInit | undefined): RequestInit {
  const headers = new Headers(init?.headers);
  headers.set("x-forwarded-host", "localhost");
  return { ...init, headers };
}

async function makeUsers(doors: Doors): Promise<WebNode["users"]> {
  const make = (name: string) => createLocalUser(doors, { email: `${name}@acme.test`, password: PASSWORD });
  const [ada, ben, gus, olivia, nobody] = await Promise.all(["ada", "ben", "gus", "olivia", "nobody"].map(make));
  return { ada, ben, gus, olivia, nobody } as WebNode["users"];
}

async function makeTenants(database: TestDatabase, users: WebNode["users"]): Promise<WebNode["tenants"]> {
  const member = (name: keyof typeof users, role: "admin" | "member") => ({
    userId: users[name],
    email: `${name}@acme.test`,
    role,
  });
  return {
    acme: await database.provision({
      slug: "acme",
      name: "Acme",
      members: [member("ada", "admin"), member("ben", "member"), member("olivia", "member")],
    }),
    globex: await database.provision({
      slug: "globex",
      name: "Globex",
      members: [member("gus", "admin"), member("olivia", "member")],
    }),
  };
}
