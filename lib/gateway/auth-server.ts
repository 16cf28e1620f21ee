import { env } from "@/lib/env";
import { LOCAL_AUTH_PATH, LOCAL_ISSUER, LOCAL_PUBLISHABLE_KEY } from "@/lib/local-auth/names";

/** Where sign-ins happen: a Supabase project, or the stand-in that this process serves itself. Clients cannot tell them apart. */
export interface AuthServer {
  /** What supabase-js calls the project URL. */
  url: string;
  publishableKey: string;
  /** The `iss` of its tokens. */
  issuer: string;
  jwksUrl: URL;
  local: boolean;
}

export function authServer(): AuthServer {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, PORT } = env();
  if (SUPABASE_URL) {
    const url = SUPABASE_URL.replace(/\/+$/, "");
    const issuer = `${url}/auth/v1`;
    return describe(url, SUPABASE_PUBLISHABLE_KEY ?? "", issuer, false);
  }
  const url = `http://127.0.0.1:${PORT}${LOCAL_AUTH_PATH.replace("/auth/v1", "")}`;
  return describe(url, LOCAL_PUBLISHABLE_KEY, LOCAL_ISSUER, true);
}

function describe(url: string, publishableKey: string, issuer: string, local: boolean): AuthServer {
  return { url, publishableKey, issuer, local, jwksUrl: new URL(`${url}/auth/v1/.well-known/jwks.json`) };
}
