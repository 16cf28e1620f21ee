// The local stand-in for Supabase Auth: GoTrue's HTTP for passwords, sessions and users, on the app's own Postgres. It exists so that
// the first run, tests and CI need no account, while the app knows one way to sign in only. Not for production:
// docs/decisions/010-local-auth-stand-in.md says what it leaves out.
import { timingSafeEqual } from "node:crypto";
import { type Doors, withAuth } from "@/db/with-tenant";
import { env } from "@/lib/env";
import { AppError } from "@/lib/failures/app-error";
import { readJson } from "@/lib/gateway/read-body";
import { log } from "@/lib/telemetry/log";
import { changeAccount, requireCaller, signOut } from "./account";
import { createUserAsAdmin, deleteUserAsAdmin, getUserAsAdmin, listUsersAsAdmin, updateUserAsAdmin } from "./admin";
import { AuthError, authErrorResponse, noAuthorization, validationFailed } from "./auth-error";
import { type LocalAuthKeys, loadKeys } from "./keys";
import { isLoopbackRequest } from "./loopback";
import { LOCAL_AUTH_PATH, LOCAL_PUBLISHABLE_KEY } from "./names";
import { type LocalAuthContext, refreshSession } from "./sessions";
import { signInWithPassword, signUp } from "./sign-in";
import { userJson } from "./users";

const BODY_BYTES_MAX = 64 * 1024;
const ACCESS_TOKEN_LIFETIME_S = 3600;

export interface LocalAuthSettings {
  doors: Pick<Doors, "withAuth">;
  /** Serve hosts other than this machine's own. */
  allowPublicHosts: boolean;
  accessTokenLifetimeS?: number;
  now?: () => Date;
}

interface Call {
  context: LocalAuthContext;
  request: Request;
  url: URL;
  bearer: string | null;
  address: string;
  /** The last path segment, decoded: a user id below /admin/users. */
  id: string;
  body(): Promise<Record<string, unknown>>;
}

type Endpoint = (call: Call) => Promise<Response | Record<string, unknown>>;

const endpoints: Record<string, Endpoint> = {
  "GET /health": async () => ({ name: "GoTrue", version: "flightdeck-local", description: "Local stand-in" }),
  "GET /settings": async () => SETTINGS,
  "GET /.well-known/jwks.json": jwks,
  "POST /signup": async ({ context, body, address }) => signUp(context, await body(), address),
  "POST /token": token,
  "GET /user": async ({ context, bearer }) => userJson((await requireCaller(context, bearer)).user),
  "PUT /user": async ({ context, bearer, body }) => changeAccount(context, bearer, await body()),
  "POST /logout": async ({ context, bearer, url }) => {
    await signOut(context, bearer, url.searchParams.get("scope"));
    return new Response(null, { status: 204 });
  },
  "GET /admin/users": async ({ context, url }) => listUsersAsAdmin(context, url),
  "POST /admin/users": async ({ context, body }) => createUserAsAdmin(context, await body()),
  "GET /admin/users/:id": async ({ context, id }) => getUserAsAdmin(context, id),
  "PUT /admin/users/:id": async ({ context, id, body }) => updateUserAsAdmin(context, id, await body()),
  "DELETE /admin/users/:id": async ({ context, id }) => deleteUserAsAdmin(context, id),
};

/** Builds the request handler. Mounted by Next under LOCAL_AUTH_PATH; tests put it behind a plain HTTP server. */
export function createLocalAuth(settings: LocalAuthSettings): (request: Request) => Promise<Response> {
  const { doors, allowPublicHosts, now = () => new Date() } = settings;
  let keys: Promise<LocalAuthKeys> | undefined;
  const context: LocalAuthContext = {
    doors,
    now,
    accessTokenLifetimeS: settings.accessTokenLifetimeS ?? ACCESS_TOKEN_LIFETIME_S,
    keys: () => {
      keys ??= loadKeys(doors).catch((error) => {
        keys = undefined;
        throw error;
      });
      return keys;
    },
  };
  return async (request) => {
    try {
      if (!allowPublicHosts && !isLoopbackRequest(request.headers)) throw notPublic();
      const answer = await serve(context, request);
      return answer instanceof Response ? answer : Response.json(answer, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return authErrorResponse(toAuthError(error), request.headers.get("x-supabase-api-version"));
    }
  };
}

async function serve(context: LocalAuthContext, request: Request): Promise<Response | Record<string, unknown>> {
  const url = new URL(request.url);
  const path = url.pathname.startsWith(LOCAL_AUTH_PATH) ? url.pathname.slice(LOCAL_AUTH_PATH.length) : "";
  const pattern = path.replace(/^\/admin\/users\/[^/]+$/, "/admin/users/:id");
  const endpoint = endpoints[`${request.method} ${pattern}`];
  if (!endpoint) throw new AuthError(404, "not_found", "The local auth stand-in does not have this endpoint");
  const bearer = /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]?.trim() ?? null;
  if (!path.startsWith("/.well-known/")) await requireApiKey(context, request, url);
  if (path.startsWith("/admin/")) await requireAdmin(context, request, bearer);
  return endpoint({
    context,
    request,
    url,
    bearer,
    // The last hop is the one that the nearest proxy saw; those before it are the client's word.
    address: request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "loopback",
    id: path.split("/").at(-1) ?? "",
    body: async () => {
      const body = await readJson(request, { bytesMax: BODY_BYTES_MAX });
      if (typeof body !== "object" || body === null || Array.isArray(body)) {
        throw validationFailed("The request body must be a JSON object");
      }
      return body as Record<string, unknown>;
    },
  });
}

async function token({ context, url, body, address }: Call): Promise<Record<string, unknown>> {
  const grant = url.searchParams.get("grant_type");
  if (grant === "password") return signInWithPassword(context, await body(), address);
  if (grant === "refresh_token") return refreshSession(context, (await body()).refresh_token);
  throw validationFailed("unsupported_grant_type");
}

async function jwks({ context }: Call): Promise<Response> {
  const { publicJwk } = await context.keys();
  return Response.json({ keys: [publicJwk] }, { headers: { "cache-control": "public, max-age=600" } });
}

async function requireApiKey(context: LocalAuthContext, request: Request, url: URL): Promise<void> {
  const given = request.headers.get("apikey") ?? url.searchParams.get("apikey");
  if (!given) throw new AuthError(401, "no_api_key", "No API key found in request");
  if (given === LOCAL_PUBLISHABLE_KEY) return;
  if (!isSame(given, (await context.keys()).secretKey)) throw new AuthError(401, "bad_api_key", "Invalid API key");
}

async function requireAdmin(context: LocalAuthContext, request: Request, bearer: string | null): Promise<void> {
  const given = bearer ?? request.headers.get("apikey");
  if (!given) throw noAuthorization();
  if (!isSame(given, (await context.keys()).secretKey)) throw new AuthError(403, "not_admin", "User not allowed");
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  if (error instanceof AppError && error.status < 500) {
    return new AuthError(error.status, error.status === 400 ? "bad_json" : error.code, error.message);
  }
  log.error({ event: "auth.failed", err: error });
  return new AuthError(500, "unexpected_failure", "Unexpected failure, please check server logs for more information");
}

const notPublic = () =>
  new AuthError(
    403,
    "loopback_only",
    "The local auth stand-in serves this machine only. Connect a Supabase project, or set FLIGHTDECK_LOCAL_AUTH_PUBLIC=1.",
  );

const SETTINGS = {
  external: { email: true, phone: false, anonymous_users: false },
  disable_signup: false,
  mailer_autoconfirm: true,
  phone_autoconfirm: false,
  sms_provider: "",
  mfa_enabled: false,
  saml_enabled: false,
};

let handler: ((request: Request) => Promise<Response>) | undefined;

/** The app's own stand-in. With a Supabase project configured it does not exist. */
export async function handleLocalAuth(request: Request): Promise<Response> {
  if (env().SUPABASE_URL) return new Response(null, { status: 404 });
  handler ??= createLocalAuth({ doors: { withAuth }, allowPublicHosts: env().FLIGHTDECK_LOCAL_AUTH_PUBLIC });
  return handler(request);
}
