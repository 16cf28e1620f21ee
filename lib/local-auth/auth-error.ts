/** What the stand-in refuses with, in GoTrue's words: https://supabase.com/docs/guides/auth/debugging/error-codes */
export class AuthError extends Error {
  override readonly name = "AuthError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: { weak_password?: { reasons: string[] }; retryAfterMs?: number } = {},
  ) {
    super(message);
  }
}

export const invalidCredentials = () => new AuthError(400, "invalid_credentials", "Invalid login credentials");
export const validationFailed = (message: string) => new AuthError(400, "validation_failed", message);
export const badJwt = () => new AuthError(403, "bad_jwt", "invalid JWT: the token is not valid here");
export const noAuthorization = () =>
  new AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token");
export const sessionNotFound = () =>
  new AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist");
export const userNotFound = () => new AuthError(404, "user_not_found", "User not found");

const API_VERSION = "2024-01-01";

/** The refusal as HTTP: the newer body for clients that name API version 2024-01-01 or later, the older one otherwise. */
export function authErrorResponse(error: AuthError, clientVersion: string | null): Response {
  const { retryAfterMs, ...extra } = error.extra;
  const newer = clientVersion !== null && clientVersion >= API_VERSION;
  const body = newer
    ? { code: error.code, message: error.message, ...extra }
    : { code: error.status, error_code: error.code, msg: error.message, ...extra };
  const headers = new Headers({ "cache-control": "no-store" });
  if (newer) headers.set("x-supabase-api-version", API_VERSION);
  if (retryAfterMs !== undefined) headers.set("retry-after", String(Math.ceil(retryAfterMs / 1000)));
  return Response.json(body, { status: error.status, headers });
}
