import "server-only";
import { type AuthError, isAuthRetryableFetchError } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { AppError, forbidden, invalidRequest, rateLimited, unavailable } from "@/lib/failures/app-error";
import { parseInput } from "./api-route";
import { type ActionResult, actionResult } from "./define-action";
import { requireSameOrigin } from "./same-origin";
import { createSessionClient } from "./session-cookie";

const credentials = z.object({
  email: z.string().trim().min(1, "Enter your email address.").email("This is not an email address."),
  password: z.string().min(1, "Enter your password."),
});

/** Opens a session for an address and its password and sets its cookie. */
export function signIn(input: unknown): Promise<ActionResult<null>> {
  return actionResult(async () => {
    const supabase = await sessionClient();
    const { error } = await supabase.auth.signInWithPassword(parseInput(credentials, input));
    if (error) throw explain(error);
    return null;
  });
}

/** Makes an account and opens its first session. With a Supabase project that confirms addresses, `confirmed` is false. */
export function signUp(input: unknown): Promise<ActionResult<{ confirmed: boolean }>> {
  return actionResult(async () => {
    const supabase = await sessionClient();
    const { data, error } = await supabase.auth.signUp(parseInput(credentials, input));
    if (error) throw explain(error);
    return { confirmed: data.session !== null };
  });
}

/** Ends this browser's session, here and at the auth server. Other sessions of the user go on. */
export async function signOut(): Promise<void> {
  requireSameOrigin(await headers());
  await (await sessionClient()).auth.signOut({ scope: "local" });
}

async function sessionClient() {
  const jar = await cookies();
  return createSessionClient(
    {
      getAll: () => jar.getAll(),
      setAll: (changed) => {
        for (const { name, value, options } of changed) jar.set(name, value, options);
      },
    },
    await headers(),
  );
}

const RETRY_AFTER_MS = 60_000;

function explain(error: AuthError): AppError {
  if (isAuthRetryableFetchError(error))
    return unavailable("Signing in does not work right now. Try again in a moment.", { cause: error });
  switch (error.code) {
    case "invalid_credentials":
      return new AppError("invalid_credentials", "This email address and password do not match.", { status: 401 });
    case "email_not_confirmed":
      return new AppError("email_not_confirmed", "Open the link in the mail we sent you first.", { status: 403 });
    case "over_request_rate_limit": {
      const seconds = Number(/after (\d+) seconds/.exec(error.message)?.[1] ?? Number.NaN);
      const waitMs = Number.isNaN(seconds) ? RETRY_AFTER_MS : seconds * 1000;
      return rateLimited(waitMs, "Too many attempts. Please wait before you try again.");
    }
    case "user_banned":
      return forbidden("This account is closed. Ask an admin of your team.");
    case "user_already_exists":
      return invalidRequest("There is an account with this address already.", { email: "Sign in instead." });
    case "weak_password":
      return invalidRequest("Choose another password.", { password: error.message });
    case "loopback_only":
      return forbidden(error.message);
    default:
      return new AppError("sign_in_failed", "Signing in did not work. Check what you entered.", {
        status: 400,
        cause: error,
      });
  }
}
